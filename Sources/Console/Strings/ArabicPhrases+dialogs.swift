extension ArabicPhrases {
    /// Questions before something is written.
    static let dialogs = """
        Suspend
        إيقاف
        Suspend {name}
        إيقاف {name}
        Changes 1 tenant. Locks out {*people} and every API key at once.
        يغيّر مستأجرًا واحدًا. يمنع في الحال: {*people}، وكل مفتاح API.
        its members
        أعضاءه
        Nothing is deleted. Undone by: undo right after, resume later.
        لا يُحذف شيء. يُتراجع عنه بالتراجع مباشرة، أو بالاستئناف لاحقًا.
        Resume
        استئناف
        Resume {name}
        استئناف {name}
        Changes 1 tenant. Lets its members and API keys in again.
        يغيّر مستأجرًا واحدًا. يسمح لأعضائه ومفاتيح API بالدخول من جديد.
        Undone by: suspend.
        يُتراجع عنه بالإيقاف.
        Reactivate
        تفعيل
        Reactivate {name}
        تفعيل {name}
        Changes 1 membership of {tenant}: they are locked out of it.
        يغيّر عضوية واحدة عند {tenant}: يُمنع صاحبها من الدخول.
        Changes 1 membership of {tenant}: they get in again.
        يغيّر عضوية واحدة عند {tenant}: يدخل صاحبها من جديد.
        Undone by: the same key once more.
        يُتراجع عنه بالمفتاح نفسه مرة أخرى.
        Remove
        إزالة
        Remove {name}
        إزالة {name}
        Ends 1 membership of {tenant} and frees its seat.
        ينهي عضوية واحدة عند {tenant} ويحرر مقعدها.
        What they made stays. Undone by: adding them again.
        يبقى ما صنعه صاحبها. يُتراجع عنه بإضافته من جديد.
        Delete
        حذف
        Delete {name}
        حذف {name}
        Marks 1 artifact (version {version}) as deleted.
        يعلّم وثيقة واحدة (النسخة {version}) محذوفة.
        Its history stays. Undone by: undo right after, restore later.
        يبقى تاريخها. يُتراجع عنه بالتراجع مباشرة، أو بالاسترجاع لاحقًا.
        Restore
        استرجاع
        Restore {name}
        استرجاع {name}
        Brings 1 artifact back. Undone by: delete.
        يسترجع وثيقة واحدة. يُتراجع عنه بالحذف.
        End
        إنهاء
        End the session of {device}
        إنهاء جلسة {device}
        Ends 1 session at once. Undone by: signing in there again.
        ينهي جلسة واحدة في الحال. يُتراجع عنه بالدخول هناك من جديد.
        End all other sessions
        إنهاء كل الجلسات الأخرى
        Ends every session of yours at once, but for this console's.
        ينهي كل جلساتك في الحال، إلا جلسة هذه الطرفية.
        Undone by: signing in again, wherever you need it.
        يُتراجع عنه بالدخول من جديد حيث تحتاجه.
        End all
        إنهاء الكل
        Leave the console?
        أتترك الطرفية؟
        {*changes} on the way: leaving now means not knowing whether it was made.
        {*changes} في الطريق: والمغادرة الآن تعني ألا تعرف أتمّ أم لا.
        Leave
        مغادرة
        Disable
        تعطيل
        Disable {name}
        تعطيل {name}
        Enable
        تفعيل
        Enable {name}
        تفعيل {name}
        Changes 1 person: every session ends, and nobody signs in as them.
        يغيّر شخصًا واحدًا: تنتهي كل جلسة، ولا يدخل أحد باسمه.
        Changes 1 person: they may sign in again. Old sessions stay ended.
        يغيّر شخصًا واحدًا: له أن يدخل من جديد. وتبقى الجلسات القديمة منتهية.
        Memberships, roles and documents stay. Undone by: the same key once more.
        تبقى العضويات والأدوار والوثائق. يُتراجع عنه بالمفتاح نفسه مرة أخرى.
        End the sessions of {name}
        إنهاء جلسات {name}
        Ends every session of 1 person at all doors. They may sign in anew.
        ينهي كل جلسات شخص واحد عند كل باب. وله أن يدخل من جديد.
        It cannot be undone.
        لا يمكن التراجع عنه.
        Make {address} a super-admin
        جعل {address} مشرفًا عامًا
        Gives 1 person every right on the platform: all tenants, all people, and who else is an \
        operator.
        يعطي شخصًا واحدًا كل حق على المنصة: كل المستأجرين وكل الناس ومن يكون مشغّلًا.
        Undone by: revoke.
        يُتراجع عنه بالإبطال.
        Grant
        منح
        {name} is no {role} any more
        لم يعد {name} في دور {role}
        Ends 1 role on the platform at once, and the person's support sessions.
        ينهي دورًا واحدًا على المنصة في الحال، وجلسات دعم الشخص.
        Undone by: granting it again.
        يُتراجع عنه بمنحه من جديد.
        Revoke
        إبطال
        Take the consent back
        استرداد الموافقة
        Ends 1 consent of {tenant}, and every support session that rests on it at once.
        ينهي موافقة واحدة من {tenant}، وكل جلسة دعم تستند إليها في الحال.
        Undone by: giving a new one.
        يُتراجع عنه بإعطاء موافقة جديدة.
        Support only reads again
        الدعم يقرأ فقط من جديد
        Super-admins may write in their support sessions until you say otherwise.
        للمشرفين العامين أن يكتبوا في جلسات دعمهم حتى تقول غير ذلك.
        Writing sessions that rest on it end at once; those with a token stay.
        تنتهي في الحال جلسات الكتابة المستندة إليها؛ وتبقى ما كانت برمز.
        Take back
        استرداد
        End the session in {slug}
        إنهاء الجلسة عند {slug}
        Ends 1 support session of yours. Undone by: opening another one.
        ينهي جلسة دعم واحدة لك. يُتراجع عنه بفتح أخرى.
        Give this token to support
        أعط هذا الرمز للدعم
        It lets them write until {#time} ({zone}), and is not shown again.
        يسمح لهم بالكتابة حتى {time} ({zone})، ولا يُعرض مرة أخرى.
        Copy
        نسخ
        I have it, close
        حفظته، أغلق
        Revoke {name}
        إبطال {name}
        Ends 1 API key of {tenant}, on its very next request.
        ينهي مفتاح API واحدًا عند {tenant}، من طلبه التالي.
        The line stays for the trail. Cannot be undone: make another key.
        يبقى السطر للسجل. لا يمكن التراجع عنه: أنشئ مفتاحًا آخر.
        The key {name}
        المفتاح {name}
        Keep it now: it is not shown again, and nobody can look it up.
        احفظه الآن: لا يُعرض مرة أخرى، ولا يستطيع أحد البحث عنه.
        Take back the invitation of {email}
        سحب دعوة {email}
        Ends 1 invitation to {tenant} and frees its seat.
        ينهي دعوة واحدة إلى {tenant} ويحرر مقعدها.
        The link of its mail stops working. Undone by: inviting again.
        يتوقف رابط رسالتها. يُتراجع عنه بالدعوة من جديد.
        Invite {email} again
        دعوة {email} من جديد
        Sends 1 mail with another link that holds for seven days.
        يرسل رسالة واحدة برابط آخر صالح سبعة أيام.
        The link of the earlier mail stops working.
        يتوقف رابط الرسالة السابقة.
        Send
        إرسال
        Delete the role {role}
        حذف الدور {role}
        Deletes 1 role of {tenant}, which nobody may have.
        يحذف دورًا واحدًا من {tenant}، لا يحمله أحد.
        Undone by: undo right after, which makes it again.
        يُتراجع عنه بالتراجع مباشرة، فينشئه من جديد.
        Take {name} back
        استرداد {name}
        Ends 1 grant of {member}.
        ينهي منحة واحدة من {member}.
        Undone by: undo right after, or giving it again.
        يُتراجع عنه بالتراجع مباشرة، أو بالمنح من جديد.
        See to the alert of {holder}
        معالجة تنبيه {holder}
        Takes 1 alert of {tenant} off the list, in your name.
        يزيل تنبيهًا واحدًا عند {tenant} من القائمة، باسمك.
        The budget stays as it is. Cannot be undone.
        تبقى الميزانية كما هي. لا يمكن التراجع عنه.
        Acknowledge
        تأكيد
        End the call to {model}
        إنهاء استدعاء {model}
        Asks for 1 call of {tenant} to end.
        يطلب إنهاء استدعاء واحد عند {tenant}.
        What was written by then is charged. Cannot be undone.
        يُحتسب ما كُتب حتى ذلك الحين. لا يمكن التراجع عنه.
        Hand {tenant} over
        تسليم {tenant}
        Yourself
        أنت
        Changes 1 person: you. Times of this console follow the zone at once, here and wherever \
        you sign in. Undone by: the old values.
        يغيّر شخصًا واحدًا: أنت. تتبع أوقات هذه الواجهة المنطقة فورًا، هنا وحيثما دخلت. \
        يُتراجع عنه بالقيم القديمة.
        Time zone
        المنطقة الزمنية
        as this machine
        كهذا الجهاز
        A region and a city, with the distance from UTC at the moment. Exports, trails and the API \
        go on to speak UTC.
        إقليم ومدينة، مع البعد عن UTC الآن. أما التصدير والسجلات وواجهة البرمجة فتبقى على UTC.
        You are {name} now.
        أنت الآن {name}.
        Change yourself back
        أعد بياناتك كما كانت
        the new owner's address, typed as a confirmation
        عنوان المالك الجديد، يُكتب تأكيدًا
        your own; or a code, where you have a second factor
        كلمتك أنت؛ أو رمز، إن كان لديك عامل ثانٍ
        Changes 2 memberships: {heir} becomes an owner,
        يغيّر عضويتين: يصير {heir} مالكًا،
        and you become an admin. Undone by: only a new owner.
        وتصير أنت مشرفًا. لا يتراجع عنه إلا المالك الجديد.
        Leave {tenant}
        مغادرة {tenant}
        Ends 1 membership, your own, and frees its seat.
        ينهي عضوية واحدة، هي عضويتك، ويحرر مقعدها.
        What you made stays. Undone by: only an invitation.
        يبقى ما صنعته. لا يُتراجع عنه إلا بدعوة.
        Asks a worker for 1 copy of what {tenant} has about them.
        يطلب نسخة واحدة مما لدى {tenant} عن الشخص.
        It is kept for a week; the trail says who fetches it.
        تُحفظ أسبوعًا؛ ويذكر السجل من يأخذها.
        Ask
        طلب
        Erase
        محو
        Erase {name}
        محو {name}
        Ends 1 membership of {tenant} and forgets the name there.
        ينهي عضوية واحدة عند {tenant} وينسى الاسم هناك.
        Trails keep the id alone. It cannot be undone.
        تُبقي السجلات المعرّف وحده. لا يمكن التراجع عنه.
        Erase {name}, who asked for it
        محو {name}، بطلب منه
        Lift the hold on {*name}
        رفع الحجز عن {*name}
        Lifts 1 hold: {reason}
        يرفع حجزًا واحدًا: {reason}
        Whoever it was on can be erased again. Undone by: another hold.
        يمكن من جديد محو من كان عليه. يُتراجع عنه بحجز آخر.
        Lift
        رفع
        Erase {name} everywhere
        محو {name} في كل مكان
        Makes 1 person nobody: they leave every tenant, and sessions, credentials and mails go.
        يجعل شخصًا واحدًا مجهولًا: يغادر كل مستأجر، وتزول الجلسات وبيانات الدخول والرسائل.
        Edit
        تعديل
        Save
        حفظ
        Save {name}
        حفظ {name}
        Saves 1 artifact as version {version}.
        يحفظ وثيقة واحدة بوصفها النسخة {version}.
        Changes: {fields}.
        التغييرات: {fields}.
        Version {version} stays in its history.
        تبقى النسخة {version} في تاريخها.
        Creates 1 artifact. Undone by: delete.
        ينشئ وثيقة واحدة. يُتراجع عنه بالحذف.
        The text cannot be read
        لا يمكن قراءة النص
        Your text is kept.
        نصك محفوظ.
        Edit again
        تعديل من جديد
        Somebody else saved it meanwhile
        حفظها غيرك في هذه الأثناء
        Nothing was overwritten. Editing again shows your text with theirs beside it as comments.
        لم يُستبدل شيء. والتعديل من جديد يعرض نصك وبجانبه نصهم تعليقات.
        ✗ {*error}
        ✗ {*error}
        """
}
