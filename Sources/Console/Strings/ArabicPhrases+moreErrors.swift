extension ArabicPhrases {
    /// Why something was refused, of things.
    static let moreErrors = """
        Sign in again.
        سجّل الدخول ثانية.
        Sign in.
        سجّل الدخول.
        Something went wrong on our side.
        حدث خطأ عندنا.
        Start again without a cursor.
        ابدأ ثانية بلا مؤشر.
        The cursor does not belong to this list.
        المؤشر ليس لهذه القائمة.
        The call has ended: it is {*status}.
        انتهى الاستدعاء: {status}.
        The call was not asked to end.
        لم يُطلب إنهاء الاستدعاء.
        The code is wrong, or it was used already.
        الرمز خطأ، أو استُعمل من قبل.
        Wait for the next code of your app, or use a recovery code.
        انتظر الرمز التالي من تطبيقك، أو استعمل رمز استرداد.
        Too many wrong codes were given.
        أُدخلت رموز خاطئة كثيرة.
        Wait a little; a recovery code does not help before.
        انتظر قليلًا؛ ولا ينفع رمز استرداد قبل ذلك.
        This sign-in is over.
        انتهى هذا الدخول.
        The consent no longer holds.
        لم تعد الموافقة سارية.
        The folder of exports cannot be written.
        لا يمكن الكتابة في مجلد التصدير.
        The invitation has expired.
        انتهت مدة الدعوة.
        The legal hold was released before.
        رُفع الحجز القانوني من قبل.
        The link is over, was used, or was replaced by a newer one.
        انتهى الرابط أو استُعمل أو حل محله أحدث منه.
        The mail address or the password is wrong.
        عنوان البريد أو كلمة المرور خطأ.
        The member is at version {now}, not {then}.
        العضو في النسخة {now} لا {then}.
        The model has a price from that moment on, or the moment has passed.
        للنموذج سعر من تلك اللحظة، أو مضت اللحظة.
        Versions of prices never change; name a later moment.
        نسخ الأسعار لا تتغير؛ سمّ لحظة لاحقة.
        The password {*problem}.
        كلمة المرور {problem}.
        The person is already a member.
        الشخص عضو أصلًا.
        The person is already {*status}.
        الشخص في هذه الحالة أصلًا: {status}.
        The person is {*status} and can have no role.
        حالة الشخص {status} ولا دور له.
        The person is {*status}, not disabled.
        حالة الشخص {status} لا معطّل.
        The person is at version {now}, not {then}.
        الشخص في النسخة {now} لا {then}.
        The proposal was {*verb} before.
        سبق البت في الاقتراح: {verb}.
        The query has too many words.
        كلمات البحث كثيرة جدًا.
        The query is too long.
        نص البحث طويل جدًا.
        Use at most {n} characters.
        استعمل {n} حرفًا على الأكثر.
        Use at most {n}.
        استعمل {n} على الأكثر.
        The request has no file: it is {*status}.
        لا ملف للطلب: {status}.
        The role {role} is at version {now}, not {then}.
        الدور {role} في النسخة {now} لا {then}.
        The role {role} is not below your own.
        الدور {role} ليس دون دورك.
        The role {role} is the platform's; nobody changes or deletes it.
        الدور {role} للمنصة؛ لا يغيّره أحد ولا يحذفه.
        The session has ended.
        انتهت الجلسة.
        The slug is taken.
        المعرّف المختصر محجوز.
        The support session has ended.
        انتهت جلسة الدعم.
        The support session is already over.
        انتهت جلسة الدعم من قبل.
        The tenant is already on the plan {plan}.
        المستأجر على الخطة {plan} أصلًا.
        The tenant is already {*status}.
        المستأجر في هذه الحالة أصلًا: {status}.
        The tenant is at version {now}, not {then}.
        المستأجر في النسخة {now} لا {then}.
        The budget is at version {now}, not {then}.
        الميزانية في النسخة {now} لا {then}.
        There is a {*noun} "{name}" already.
        يوجد «{name}» أصلًا ({noun}).
        This was closed too long ago: its data is deleted.
        أُغلق هذا منذ زمن بعيد: بياناته محذوفة.
        Its trail and its accounts are kept; the slug stays taken.
        سجله وحساباته محفوظة، واسمه المختصر يبقى محجوزًا.
        There is no key to sign with.
        لا مفتاح للتوقيع.
        This takes a fresh proof that it is you.
        يلزم لهذا إثبات جديد أنك أنت.
        This workspace is suspended.
        مساحة العمل هذه معلّقة.
        You do not have access to this workspace.
        ليس لك دخول مساحة العمل هذه.
        The person does not have the role {role} on the platform.
        ليس للشخص الدور {role} على المنصة.
        The list of operators names who has one.
        قائمة المشغّلين تسمّي من له دور.
        This takes the permission {permission}.
        يلزم لهذا الصلاحية {permission}.
        The tenant is closed.
        المستأجر مغلق.
        Only a read-only session can be opened there.
        لا تُفتح هناك إلا جلسة للقراءة فقط.
        This workspace is closed.
        مساحة العمل هذه مغلقة.
        Of a closed one a support session reads the summary and the audit trail alone.
        من المغلقة تقرأ جلسة الدعم الملخص وسجل التدقيق وحدهما.
        You do not have the permission for this.
        ليست لك صلاحية لهذا.
        You may ask about your own data only.
        لك أن تسأل عن بياناتك وحدها.
        You may do this only with artifacts that you made or were given.
        لك هذا في الوثائق التي أنشأتها أو أُعطيتها فقط.
        {holder} holds {permissions}, which reaches further than your own rights.
        يحمل {holder} الصلاحيات {permissions}، وهي أوسع من حقوقك.
        Try again in a moment.
        حاول ثانية بعد لحظة.
        Try again in {time}.
        حاول ثانية بعد {time}.
        A code of the second factor is needed.
        يلزم رمز العامل الثاني.
        invitation
        دعوة
        price proposal
        اقتراح سعر
        alert
        تنبيه
        grant
        منحة
        person
        شخص
        data request
        طلب بيانات
        legal hold
        حجز قانوني
        audit event
        حدث تدقيق
        API key
        مفتاح API
        provider
        المزوّد
        artifact
        وثيقة
        member
        عضو
        role
        دور
        A legal hold keeps this workspace open.
        حجز قانوني يُبقي مساحة العمل هذه مفتوحة.
        An operator closed this workspace.
        أغلق مشغّل مساحة العمل هذه.
        Ask an operator for one.
        اطلب واحدة من مشغّل.
        Close one, give one away, or ask an operator for another plan.
        أغلق واحدة، أو سلّم واحدة لغيرك، أو اطلب من مشغّل خطة أخرى.
        Follow the link that was mailed to you.
        افتح الرابط الذي وصلك بالبريد.
        One person may own {n} workspaces on the free plan.
        يمكن لشخص واحد أن يملك {n} من مساحات العمل في الخطة المجانية.
        Only an operator can open it again.
        لا يفتحها من جديد إلا مشغّل.
        Only who has proved their mail address can make or open a workspace.
        لا يُنشئ مساحة عمل أو يفتحها إلا من أثبت عنوان بريده.
        Workspaces are made by operators here.
        ينشئ المشغّلون مساحات العمل هنا.
        """
}
