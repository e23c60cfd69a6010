extension ArabicPhrases {
    /// Forms.
    static let forms = """
        Sending … {#time}   {key} stops waiting
        جار الإرسال … {time}   {key} يوقف الانتظار
        [x] yes
        [x] نعم
        [ ] no
        [ ] لا
        yes
        نعم
        no
        لا
        on
        مفعّل
        off
        معطّل
        none
        لا شيء
        optional
        اختياري
        never
        أبدًا
        ← → or space
        ← → أو المسافة
        Mail
        البريد
        Password
        كلمة المرور
        Code
        الرمز
        six digits
        ستة أرقام
        needed
        مطلوب
        {leave} sign in anew   ctrl-c leave
        {leave} دخول جديد   ctrl-c مغادرة
        {go} sign in   ctrl-c leave
        {go} دخول   ctrl-c مغادرة
        {go} go on   {leave} back   ctrl-c leave
        {go} متابعة   {leave} رجوع   ctrl-c مغادرة
        Looking for your session …
        جار البحث عن جلستك …
        Signing in … {#time}
        جار تسجيل الدخول … {time}
        Of your authenticator app, or a recovery code.
        من تطبيق المصادقة لديك، أو رمز استعادة.
        Mail address or password is wrong.
        عنوان البريد أو كلمة المرور غير صحيح.
        Name
        الاسم
        Slug
        الاسم المختصر
        its name in addresses: a-z, 0-9 and hyphens; never changes
        اسمه في العناوين: a-z و0-9 وشُرَط؛ ولا يتغير أبدًا
        Plan
        الباقة
        Owner's mail
        بريد المالك
        Owner's name
        اسم المالك
        Provision a tenant
        إنشاء مستأجر
        Creates 1 tenant with its owner, the plan's quotas and AI budget, and its audit trail, \
        in one transaction. Undone by: suspend.
        ينشئ مستأجرًا واحدًا مع مالكه وحصص الباقة وميزانية الذكاء الاصطناعي وسجل تدقيقه، في \
        معاملة واحدة. يُتراجع عنه بالإيقاف.
        Plan of {tenant}
        باقة {tenant}
        Changes 1 tenant: its quotas and AI budget follow the plan. A limit below what is used \
        deletes nothing and refuses more. Undone by: the old plan.
        يغيّر مستأجرًا واحدًا: تتبع حصصه وميزانية الذكاء الاصطناعي الباقة. والحد الأقل من \
        المستخدم لا يحذف شيئًا ويرفض الزيادة. يُتراجع عنه بالباقة القديمة.
        Quota of {tenant}
        حصة {tenant}
        Changes 1 limit of 1 tenant. A limit below what is used deletes nothing and refuses \
        more. Undone by: the old limit.
        يغيّر حدًا واحدًا لمستأجر واحد. والحد الأقل من المستخدم لا يحذف شيئًا ويرفض الزيادة. \
        يُتراجع عنه بالحد القديم.
        Resource
        المورد
        {*resource} ({#used} of {#hard} used)
        {*resource} (مستخدم {used} من {hard})
        {*resource} ({#used} of {#hard} used), in bytes
        {*resource} (مستخدم {used} من {hard})، بالبايت
        Opens 1 support session in {tenant}. Its owner can see who, when and why. It ends by \
        itself; leaving it ends it earlier.
        يفتح جلسة دعم واحدة عند {tenant}. ويستطيع مالكه أن يرى من ومتى ولماذا. تنتهي من تلقاء \
        نفسها؛ وX ينهيها قبل ذلك.
        The open session in {slug} ends.
        تنتهي الجلسة المفتوحة عند {slug}.
        read only
        قراءة فقط
        read and write (needs the owner's consent)
        قراءة وكتابة (تلزم موافقة المالك)
        Enter {tenant}
        دخول {tenant}
        Reason
        السبب
        why, for both audit trails
        لماذا، لسجلي التدقيق
        why, for the audit trail
        لماذا، لسجل التدقيق
        why, such as a case number
        لماذا، كرقم قضية
        Ticket
        التذكرة
        Mode
        الوضع
        Minutes
        الدقائق
        1 to 60
        من 1 إلى 60
        1 to 168
        من 1 إلى 168
        Consent
        الموافقة
        the owner's token, if there is one
        رمز المالك، إن وُجد
        Add a member to {tenant}
        إضافة عضو إلى {tenant}
        Adds 1 membership and takes 1 seat. An unknown address becomes a user without a \
        password. Undone by: remove.
        يضيف عضوية واحدة ويأخذ مقعدًا واحدًا. والعنوان المجهول يصير مستخدمًا بلا كلمة مرور. \
        يُتراجع عنه بالإزالة.
        Role
        الدور
        Role of {member}
        دور {member}
        Changes 1 membership; now {role}. Takes effect at once.
        يغيّر عضوية واحدة؛ الدور الآن {role}. ويسري في الحال.
        Undone by: the old role.
        يُتراجع عنه بالدور القديم.
        Let this console write
        السماح لهذه الطرفية بالكتابة
        Until the time is over, changes can be made. It is written to the audit trail, and ends \
        by itself. :readonly ends it earlier.
        يمكن إجراء التغييرات حتى تنتهي المدة. ويُكتب ذلك في سجل التدقيق، وينتهي من تلقاء نفسه. \
        والأمر \u{200E}:readonly ينهيه قبل ذلك.
        pipelines
        خطوط المعالجة
        executions
        التنفيذات
        AI tokens
        رموز الذكاء الاصطناعي
        storage
        التخزين
        read
        قراءة
        read and change
        قراءة وتغيير
        Give {member} an artifact
        منح {member} وثيقة
        Makes 1 grant in {tenant}. Undone by: take back.
        ينشئ منحة واحدة عند {tenant}. يُتراجع عنها بالاسترداد.
        its id; y on an artifact copies it
        معرّفها؛ وy على وثيقة ينسخه
        May
        يجوز له
        New API key in {tenant}
        مفتاح API جديد عند {tenant}
        Makes 1 key that acts for you, within its scopes and what you may yourself. It is shown \
        this once. Undone by: revoke.
        ينشئ مفتاحًا واحدًا يتصرف عنك، ضمن نطاقاته وما يجوز لك أنت. ويُعرض هذه المرة فقط. \
        يُتراجع عنه بالإبطال.
        Scopes
        النطاقات
        permissions that you hold, such as artifact.read
        صلاحيات تحملها، مثل artifact.read
        API key {key}
        مفتاح API\u{200F} {key}
        Changes 1 key; its secret and its scopes stay. Whoever needs other scopes makes another \
        key. Undone by: the old values.
        يغيّر مفتاحًا واحدًا؛ ويبقى سره ونطاقاته. ومن احتاج نطاقات أخرى أنشأ مفتاحًا آخر. \
        يُتراجع عنه بالقيم القديمة.
        as it is
        كما هو
        ends at once
        ينتهي في الحال
        """
}
