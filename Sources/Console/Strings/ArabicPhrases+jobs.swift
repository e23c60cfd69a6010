extension ArabicPhrases {
    /// What workers do, and what is asked about it.
    static let jobs = """
        Jobs
        الأعمال
        Job
        عمل
        jobs
        الأعمال
        Job {id}
        عمل {id}
        1 job
        عمل واحد
        {#n} jobs
        الأعمال: {n}
        Show what workers do and did: mails, copies of data, erasures.
        عرض ما يفعله العمّال وما فعلوه: الرسائل ونسخ البيانات والمحو.
        try again
        إعادة المحاولة
        Have the job tried again: a mail that waits, a copy that was given up.
        إعادة محاولة العمل: رسالة تنتظر، أو نسخة تُركت.
        Cancel the job: a mail that waits, a copy that waits or is made.
        إلغاء العمل: رسالة تنتظر، أو نسخة تنتظر أو تُصنع.
        Note that you saw to an alert: it is quiet until it gets worse.
        تسجيل أنك عالجت تنبيهًا: يسكت حتى يسوء.
        what workers do and did; state:, kind: and tenant: filter them
        ما يفعله العمّال وما فعلوه؛ يُرشَّح بـ state:‎ وkind:‎ وtenant:‎
        cancel
        إلغاء
        AGE
        العمر
        NEXT TRY
        المحاولة التالية
        LAST ERROR
        آخر خطأ
        job
        عمل
        kind
        النوع
        what
        ماذا
        subject
        صاحب البيانات
        asked
        طُلب
        tries
        المحاولات
        next try
        المحاولة التالية
        last error
        آخر خطأ
        copy
        نسخة
        erasure
        محو
        a person's data
        بيانات شخص
        a member's data
        بيانات عضو
        a member
        عضو
        {*name} → {place}
        {name} → {place}
        running {#n} of {#m}
        يُنفَّذ {n} من {m}
        running
        يُنفَّذ
        done
        تم
        cancelled
        أُلغي
        ! waiting
        ! ينتظر
        ✗ failed
        ✗ فشل
        What the mail said is forgotten.
        ما كان في الرسالة نُسي.
        Whoever it was for asks for it again.
        يطلبها من كانت له ثانية.
        An erasure is decided in its workspace.
        المحو يُقرَّر في مساحة عمله.
        Its owners approve it there.
        يوافق عليه مالكوها هناك.
        The job is being done right now.
        العمل يُنفَّذ الآن.
        The job waits for a worker already.
        العمل ينتظر عاملًا من قبل.
        The job is done.
        تم العمل.
        The mail is being handed over right now.
        الرسالة تُسلَّم الآن.
        The job was given up before.
        تُرك العمل من قبل.
        The job was cancelled before.
        أُلغي العمل من قبل.
        The job changed meanwhile, or another one like it is under way.
        تغيّر العمل في الأثناء، أو عمل مثله جارٍ.
        Look at it again.
        انظر إليه ثانية.
        There are no jobs here.
        لا أعمال هنا.
        The copy could not be written.
        تعذّرت كتابة النسخة.
        {key} has it tried again.
        {key} يعيد محاولته.
        {key} cancels it.
        {key} يلغيه.
        Nothing waits and nothing was done.
        لا شيء ينتظر ولم يتم شيء.
        Mails and copies of data stand here.
        هنا الرسائل ونسخ البيانات.
        No job fits \"{text}\".
        لا عمل يطابق «{text}».
        {key} and an empty line shows all.
        {key} وسطر فارغ يعرض الكل.
        No job is selected.
        لم يُختر عمل.
        No alert waits to be seen to.
        لا تنبيه ينتظر المعالجة.
        mails
        الرسائل
        copies
        النسخ
        {#n} wait
        ينتظر {n}
        {#n} wait, {#m} failed
        ينتظر {n}، فشل {m}
        ! {#n} wait, {#m} failed
        ! ينتظر {n}، فشل {m}
        ✓ {*alert} Seen to by {name}, {*age}.
        ✓ {alert} عالجه {name}، {age}.
        ! {#n} more alerts.
        ! تنبيهات أخرى: {n}.
        1 mail was given up.
        تُركت رسالة واحدة.
        {#n} mails were given up.
        الرسائل المتروكة: {n}.
        ! 1 mail was given up.
        ! تُركت رسالة واحدة.
        ! {#n} mails were given up.
        ! الرسائل المتروكة: {n}.
        1 copy of data was given up.
        تُركت نسخة بيانات واحدة.
        {#n} copies of data were given up.
        نسخ البيانات المتروكة: {n}.
        ! 1 copy of data was given up.
        ! تُركت نسخة بيانات واحدة.
        ! {#n} copies of data were given up.
        ! نسخ البيانات المتروكة: {n}.
        The process on {host} has not reported for {#n} min.
        لم تُبلغ العملية على {host} منذ {n} دقيقة.
        {#n} of {#m} requests failed in the last minute.
        فشل {n} من {m} طلبًا في الدقيقة الأخيرة.
        One request in a hundred takes {#n} s or longer.
        طلب من كل مئة يستغرق {n} ثانية أو أكثر.
        {#n} wait for one of the {#m} database connections.
        ينتظر {n} أحد اتصالات قاعدة البيانات الـ {m}.
        Try {*what} again
        إعادة محاولة {what}
        Cancel {*what}
        إلغاء {what}
        Has 1 mail handed over at once instead of at its next try.
        يسلّم رسالة واحدة فورًا بدل محاولتها التالية.
        Has 1 copy made after all, with five more tries.
        يصنع نسخة واحدة بعد ذلك كله، بخمس محاولات أخرى.
        A mail that was handed over cannot be undone.
        رسالة سُلِّمت لا يُتراجع عنها.
        Undone by: cancel, until it is made.
        يُتراجع عنه: بالإلغاء، حتى تُصنع.
        Takes 1 mail off its way and forgets what it says.
        يأخذ رسالة واحدة من طريقها وينسى ما فيها.
        Takes 1 copy from its worker; the person gets no file.
        يأخذ نسخة واحدة من عاملها؛ ولا يحصل الشخص على ملف.
        It cannot be undone: whoever it was for asks for it again.
        لا يُتراجع عنه: يطلبها من كانت له ثانية.
        Undone by: trying it again.
        يُتراجع عنه: بإعادة المحاولة.
        Try again
        أعد المحاولة
        Cancel it
        ألغه
        Alert
        التنبيه
        Notes on the overview that you saw to it. It is quiet until it gets worse; what is \
        measured by the minute comes back after an hour.
        يسجّل في النظرة العامة أنك عالجته. يسكت حتى يسوء؛ وما يُقاس كل دقيقة يعود بعد ساعة.
        A worker tries it again.
        يعيد عامل محاولته.
        The job is cancelled.
        أُلغي العمل.
        An operator cancelled it: ask for another one.
        ألغاه مشغّل: اطلب نسخة أخرى.
        Lost calls
        الاستدعاءات المفقودة
        its input and what came
        مدخله وما وصل
        all that was held
        كل ما حُجز
        nothing if never sent
        لا شيء إن لم يُرسَل
        what a call is charged whose process was lost
        ما يُحسب على استدعاء فُقدت عمليته
        columns
        الأعمدة
        Columns
        الأعمدة
        Choose which columns the list shows, and in which order.
        اختيار الأعمدة التي تعرضها القائمة وترتيبها.
        This screen has no columns to choose.
        لا أعمدة في هذه الشاشة تُختار.
        One column has to be shown.
        لا بد من عرض عمود واحد.
        {toggle} shows or hides   {earlier} {later} move it
        {toggle} يعرض أو يخفي   {earlier} {later} ينقلانه
        {take} takes   {all} all as they come   {leave} leaves
        {take} يأخذ   {all} الكل كما يأتي   {leave} يترك
        Columns. Answer with the numbers of those to show, in their order; all, or cancel.
        الأعمدة. أجب بأرقام ما يُعرض بترتيبه؛ أو all أو cancel.
        Columns:
        الأعمدة:
        hidden
        مخفي
        the mail {*what}
        الرسالة {what}
        the copy of {*what}
        نسخة {what}
        the erasure of {*what}
        محو {what}
        """
}
