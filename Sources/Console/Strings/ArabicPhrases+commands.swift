extension ArabicPhrases {
    /// Commands, counts, times and the frame of the screen.
    static let commands = """
        the tenants; words, status: and plan: filter them
        المستأجرون؛ تصفّيهم كلمات و status: و plan:
        a tenant by its slug; all of them without one
        مستأجر باسمه المختصر؛ وكلها من دونه
        members of the tenant, or of the one named
        أعضاء المستأجر، أو المستأجر المسمى
        roles of the tenant, or of the one named
        أدوار المستأجر، أو المستأجر المسمى
        invitations of the tenant, or of the one named; status: filters them
        دعوات المستأجر، أو المستأجر المسمى؛ تصفّيها status:
        artifacts of the tenant, or of the one named; filters follow
        وثائق المستأجر، أو المستأجر المسمى؛ ثم المرشحات
        AI quotas of the tenant, or of the one named
        حصص الذكاء الاصطناعي للمستأجر، أو للمستأجر المسمى
        audit trail of the tenant, or of the one named; filters follow
        سجل تدقيق المستأجر، أو المستأجر المسمى؛ ثم المرشحات
        the platform's own audit trail, as audit platform; filters follow
        سجل تدقيق المنصة نفسها، مثل audit platform؛ ثم المرشحات
        API keys of the tenant, or of the one named
        مفاتيح API للمستأجر، أو للمستأجر المسمى
        copies and erasures that were asked for in the tenant
        ما طُلب عند المستأجر من نسخ ومحو
        legal holds of the tenant, or of the one named
        الحجوز القانونية للمستأجر، أو للمستأجر المسمى
        the people of the platform; words and status: filter them
        أناس المنصة؛ تصفّيهم كلمات و status:
        operators' support sessions; live: filters them
        جلسات دعم المشغّلين؛ تصفّيها live:
        failed sign-ins with a mail address: attempts ada@example.org
        محاولات الدخول الفاشلة بعنوان بريد: attempts ada@example.org
        another look, by name
        مظهر آخر، باسمه
        the list in another order: the next one, or by name, as in sort cost asc
        القائمة بترتيب آخر: التالي، أو باسمه، مثل sort cost asc
        the least, the oldest or the first letter first
        الأقل أو الأقدم أو أول الحروف أولًا
        the greatest, the newest or the last letter first
        الأكثر أو الأحدث أو آخر الحروف أولًا
        oldest first
        الأقدم أولًا
        sorted by name, the last first
        مرتبة بالاسم، والأخير أولًا
        fewest members first
        الأقل أعضاءً أولًا
        fewest AI tokens first
        الأقل رموزًا أولًا
        lowest AI cost first
        الأدنى تكلفةً أولًا
        fewest artifacts first
        الأقل وثائق أولًا
        least storage first
        الأقل تخزينًا أولًا
        longest unchanged first
        الأقدم تعديلًا أولًا
        {#n} of
        {n} من
        let this console write: elevate 10m REASON
        اسمح لهذه الطرفية بالكتابة: elevate 10m REASON
        use this theme
        استخدم هذا المظهر
        {key} cancels
        {key} يلغي
        times in {zone}
        التوقيت {zone}
        filter: {words}
        المرشح: {words}
        {*known} loaded, there are more
        {*known} محمّلة، وهناك المزيد
        newest first
        الأحدث أولًا
        most members first
        الأكثر أعضاءً أولًا
        most AI tokens first
        الأكثر رموزًا أولًا
        highest AI cost first
        الأعلى تكلفةً أولًا
        most artifacts first
        الأكثر وثائق أولًا
        most storage first
        الأكثر تخزينًا أولًا
        recently updated first
        الأحدث تعديلًا أولًا
        sorted by name
        مرتبة بالاسم
        best first
        الأنسب أولًا
        latest sign-in first
        آخر دخول أولًا
        looked at every 3 seconds
        تُراجع كل 3 ثوان
        with those that ended
        مع ما انتهى
        the last {#n} days, by day in UTC
        آخر {n} يومًا، باليوم في UTC
        {#n} grants of {name}
        منح {name}: {n}
        1 grant of {name}
        منحة واحدة، {name}
        {#n} requests of {name}
        طلبات {name}: {n}
        1 request of {name}
        طلب واحد، {name}
        1 alert
        تنبيه واحد
        {#n} alerts
        التنبيهات: {n}
        1 artifact
        وثيقة واحدة
        {#n} artifacts
        الوثائق: {n}
        1 budget
        ميزانية واحدة
        {#n} budgets
        الميزانيات: {n}
        1 call
        استدعاء واحد
        {#n} calls
        الاستدعاءات: {n}
        1 change
        تغيير واحد
        {#n} changes
        التغييرات: {n}
        1 consent
        موافقة واحدة
        {#n} consents
        الموافقات: {n}
        1 event
        حدث واحد
        {#n} events
        الأحداث: {n}
        1 grant
        منحة واحدة
        {#n} grants
        المنح: {n}
        1 hold
        حجز واحد
        {#n} holds
        الحجوز: {n}
        1 invitation
        دعوة واحدة
        {#n} invitations
        الدعوات: {n}
        1 key
        مفتاح واحد
        {#n} keys
        المفاتيح: {n}
        1 line
        سطر واحد
        {#n} lines
        الأسطر: {n}
        1 live session
        جلسة حية واحدة
        {#n} live sessions
        الجلسات الحية: {n}
        1 member
        عضو واحد
        {#n} members
        الأعضاء: {n}
        1 other session
        جلسة أخرى واحدة
        {#n} other sessions
        الجلسات الأخرى: {n}
        1 person
        شخص واحد
        {#n} people
        الأشخاص: {n}
        1 process
        عملية واحدة
        {#n} processes
        العمليات: {n}
        1 request
        طلب واحد
        {#n} requests
        الطلبات: {n}
        1 role
        دور واحد
        {#n} roles
        الأدوار: {n}
        1 row
        صف واحد
        {#n} rows
        الصفوف: {n}
        1 session
        جلسة واحدة
        {#n} sessions
        الجلسات: {n}
        1 step
        خطوة واحدة
        {#n} steps
        الخطوات: {n}
        1 tenant
        مستأجر واحد
        {#n} tenants
        المستأجرون: {n}
        1 version
        نسخة واحدة
        {#n} versions
        النسخ: {n}
        1 workspace
        مساحة عمل واحدة
        {#n} workspaces
        مساحات العمل: {n}
        0 alerts
        لا تنبيهات
        just now
        الآن
        {#n} min ago
        قبل {n} د
        {#n} h ago
        قبل {n} س
        {#n} d ago
        قبل {n} ي
        {#n} s
        {n} ث
        {#n} ms
        {n} م.ث
        {#median} ms / {#slowest} ms
        {median} م.ث / {slowest} م.ث
        {#median} ms / {#slowest} s
        {median} م.ث / {slowest} ث
        {#median} s / {#slowest} s
        {median} ث / {slowest} ث
        {#n} min
        {n} د
        READ-ONLY
        قراءة فقط
        READ-WRITE {#left}
        قراءة وكتابة {left}
        ● live
        ● متصل
        ○ reconnecting
        ○ يعيد الاتصال
        support {tenant} ro {#left}
        دعم {tenant} للقراءة {left}
        support {tenant} rw {#left}
        دعم {tenant} للكتابة {left}
        support ro {#left}
        دعم للقراءة {left}
        support rw {#left}
        دعم للكتابة {left}
        Ghostworks needs {#columns}×{#rows}.
        تحتاج Ghostworks إلى {columns}×{rows}.
        Ghostworks
        Ghostworks
        """
}
