extension ArabicPhrases {
    /// What is told beside the screen.
    static let notices = """
        {*sentence} {key} undoes it for a minute.
        {*sentence} ومفتاح {key} يتراجع عنه خلال دقيقة.
        The limit is {#limit} now.
        الحد الآن {limit}.
        Seen to.
        عولج.
        The call was asked to end.
        طُلب إنهاء الاستدعاء.
        Gave {member} {artifact}.
        مُنح {member} الوثيقة {artifact}.
        Took {artifact} from {member}.
        استُردت {artifact} من {member}.
        Sent to the terminal's clipboard. Paste it before you close this.
        أُرسل إلى حافظة الطرفية. الصقه قبل أن تغلق هذا.
        Placed the hold; it forbids to erase from now on.
        وُضع الحجز؛ وهو يمنع المحو من الآن.
        Lifted the hold.
        رُفع الحجز.
        Erased the person.
        مُحي الشخص.
        Wrote {file}.
        كُتب {file}.
        Asked to be erased; an owner must approve it ({key}).
        طُلب المحو؛ ويجب أن يوافق عليه مالك ({key}).
        Erased the person in this tenant.
        مُحي الشخص عند هذا المستأجر.
        Asked for the copy; a worker makes it.
        طُلبت النسخة؛ وهي قيد الإعداد.
        Asked for the copy; a worker makes it, and {key} shows it.
        طُلبت النسخة؛ وهي قيد الإعداد، و{key} يعرضها.
        {name} is {status} now.
        صار {name} الآن {status}.
        Ended {*what}.
        أُنهيت {*what}.
        Super-admins may write in {tenant}.
        للمشرفين العامين أن يكتبوا عند {tenant}.
        Super-admins may no longer write in {tenant}.
        لم يعد للمشرفين العامين أن يكتبوا عند {tenant}.
        Done.
        تمّ.
        Ended the session in {slug}.
        أُنهيت الجلسة عند {slug}.
        Left {slug}.
        غادرت {slug}.
        Copied {id}.
        نُسخ {id}.
        There is no other screen to go to; {key} leaves the console.
        لا شاشة أخرى للانتقال إليها؛ و{key} يترك الطرفية.
        Cancelled after {#time}.
        أُلغي بعد {time}.
        {key} loads it again.
        {key} يحمّله من جديد.
        The support session has ended. What you typed is kept: open another one.
        انتهت جلسة الدعم. وما كتبته محفوظ: افتح جلسة أخرى.
        This support session only reads. What you typed is kept: open another one.
        جلسة الدعم هذه للقراءة فقط. وما كتبته محفوظ: افتح جلسة أخرى.
        The time for writing is over. What you typed is kept: allow it again.
        انتهى وقت الكتابة. وما كتبته محفوظ: اسمح بها من جديد.
        Discarded; nothing was changed.
        أُهمل؛ ولم يتغير شيء.
        Discarded; nothing was changed in {title}.
        أُهمل؛ ولم يتغير شيء في {title}.
        This console may write for {#n} min.
        لهذه الطرفية أن تكتب {n} دقيقة.
        {*label}: done.
        {*label}: تمّ.
        undo of the suspension
        التراجع عن الإيقاف
        undo of the resumption
        التراجع عن الاستئناف
        {*error} Trying again …
        {*error} تعاد المحاولة …
        Signed out.
        سُجّل الخروج.
        This console is read-only again.
        عادت هذه الطرفية إلى القراءة فقط.
        Support session in {slug} for {#time}.
        جلسة دعم عند {slug} لمدة {time}.
        The support session in {slug} ends in {#left}; {key} on the tenant opens another one.
        تنتهي جلسة الدعم عند {slug} بعد {left}؛ و{key} على المستأجر يفتح أخرى.
        Writing ends in {#left}; :elevate 10m REASON goes on.
        تنتهي الكتابة بعد {left}؛ والأمر \u{200E}:elevate 10m REASON يمددها.
        The time for writing is over; this console is read-only again.
        انتهى وقت الكتابة؛ وعادت هذه الطرفية إلى القراءة فقط.
        The support session in {slug} has ended.
        انتهت جلسة الدعم عند {slug}.
        Connected again after {#time}.
        عاد الاتصال بعد {time}.
        Pasted text was ignored: no field has the focus.
        أُهمل النص الملصق: لا حقل قيد التحرير.
        Nothing was changed.
        لم يتغير شيء.
        In the editor …
        في المحرر …
        Stopped waiting; the change may have been made. {key} loads the screen again.
        أُوقف الانتظار؛ وربما تمّ التغيير. و{key} يحمّل الشاشة من جديد.
        {heir} is an owner now, and you are an admin.
        صار {heir} مالكًا، وأنت مشرفًا.
        You have left {tenant}.
        غادرت {tenant}.
        Made the role {role}.
        أُنشئ الدور {role}.
        Nothing was different in the role {role}.
        لم يختلف شيء في الدور {role}.
        Change the role {role} back
        إعادة الدور {role} كما كان
        Changed the role {role}.
        غُيّر الدور {role}.
        Make the role {role} again
        إنشاء الدور {role} من جديد
        Deleted the role {role}.
        حُذف الدور {role}.
        Give {artifact} back
        إعادة {artifact}
        Suspended {tenant}.
        أُوقف {tenant}.
        Resumed {tenant}.
        استُؤنف {tenant}.
        Now {status}: {name}.
        الحالة الآن {status}: {name}.
        Removed {name} from {tenant}.
        أُزيل {name} من {tenant}.
        Deleted {name}.
        حُذفت {name}.
        Restored {name}.
        استُرجعت {name}.
        Ended the session of {device}.
        أُنهيت جلسة {device}.
        Took the invitation of {email} back.
        سُحبت دعوة {email}.
        Sent {email} another invitation.
        أُرسلت إلى {email} دعوة أخرى.
        Revoked the key {name}.
        أُبطل المفتاح {name}.
        Saved {name} as version {version}.
        حُفظت {name} بوصفها النسخة {version}.
        It is called {name} now.
        صار اسمه {name}.
        Provisioned {tenant} ({slug}).
        أُنشئ {tenant} ({slug}).
        The plan is {plan} now: {tenant}.
        الباقة الآن {plan}: {tenant}.
        The quota of {tenant} was changed.
        غُيّرت حصة {tenant}.
        Added {email} to {tenant} as {role}.
        أُضيف {email} إلى {tenant} بدور {role}.
        The role is {role} now: {name}.
        الدور الآن {role}: {name}.
        Changed the key {name}.
        غُيّر المفتاح {name}.
        Invited {email} as {role}.
        دُعي {email} بدور {role}.
        The request was cancelled.
        أُلغي الطلب.
        Something went wrong inside Ghostworks.
        حدث خطأ داخل Ghostworks.
        The log has the details under the request's id.
        التفاصيل في السجل تحت معرّف الطلب.
        Loading …
        جار التحميل …
        Loading … {#time}
        جار التحميل … {time}
        loading …
        جار التحميل …
        {key} tries again.
        {key} يعيد المحاولة.
        nothing here
        لا شيء هنا
        nothing fits
        لا شيء يطابق
        no fields changed
        لم يتغير أي حقل
        {#n} new ↑
        الجديد: {n} ↑
        {#n} more ↓
        الباقي: {n} ↓
        no limit
        مفتوح
        Too many requests were made.
        كثرت الطلبات أكثر من اللازم.
        Wait a minute.
        انتظر دقيقة.
        The database does not answer.
        قاعدة البيانات لا تجيب.
        """
}
