extension ArabicPhrases {
    /// What stands on screens (continued).
    static let records = """
        it does not follow the one before
        لا يتبع ما قبله
        its time is before the one before
        وقته قبل وقت ما قبله
        The member was given nothing beyond the role.
        لم يُمنح العضو شيئًا فوق دوره.
        {key} gives an artifact.
        {key} يمنح وثيقة.
        Nobody was invited yet.
        لم يُدع أحد بعد.
        i invites somebody.
        i يدعو شخصًا.
        No invitation fits "{text}".
        لا دعوة تطابق «{text}».
        Nobody is a member.
        لا أعضاء.
        a adds somebody.
        a يضيف شخصًا.
        No member fits "{text}".
        لا عضو يطابق «{text}».
        Nobody has a role.
        لا دور لأحد.
        {key} grants one.
        {key} يمنح واحدًا.
        No alert.
        لا تنبيه.
        ! The process on {host} has not reported for {#n} min.
        ! لم تبلّغ العملية على {host} منذ {n} د.
        ! {#n} of {#m} requests failed in the last minute.
        ! فشل {n} من {m} طلبًا في الدقيقة الأخيرة.
        ! One request in a hundred takes {#time} s or longer.
        ! يستغرق طلب من كل مئة {time} ث أو أكثر.
        ! {#n} wait for one of the {#m} database connections.
        ! ينتظر {n} أحد اتصالات قاعدة البيانات الـ {m}.
        ⏎ opens the tenants.
        ⏎ يفتح المستأجرين.
        active
        النشطون
        suspended
        الموقوفون
        counted
        عُدّت
        never; F counts
        أبدًا؛ وF يعدّ
        AI today
        الذكاء الاصطناعي اليوم
        yesterday
        أمس
        People and documents
        الناس والوثائق
        API, last minute
        الواجهة، آخر دقيقة
        served by
        تخدمها
        no process
        لا عملية
        failed
        فشل
        p50 / p99
        p50 / p99
        measured
        قيس
        {*age} ago, {*count}
        قبل {*age}، {*count}
        Database connections
        اتصالات قاعدة البيانات
        in use
        المستخدم
        waiting
        ينتظر
        in vain
        بلا جدوى
        {#n} since the start
        {n} منذ البداية
        {#n} tokens, {cost}
        {n} رمز، {cost}
        Nobody has asked for a copy of this person's data.
        لم يطلب أحد نسخة من بيانات هذا الشخص.
        {key} asks for one.
        {key} يطلب واحدة.
        Waits for an owner: a carries it out.
        ينتظر مالكًا: وa ينفّذه.
        It must be done by {#time}.
        يجب أن يتم قبل {time}.
        A worker makes it (ghostworks work, or up); r looks again.
        قيد الإعداد (ghostworks work أو up)؛ وr ينظر من جديد.
        w saves {#size} where this console was started. Kept until {#time}.
        w يحفظ {size} حيث شُغّلت هذه الطرفية. تبقى حتى {time}.
        Carried out; the trail says so.
        نُفّذ؛ ويذكر السجل ذلك.
        Its file is gone: ask for another one.
        ذهب ملفها: اطلب غيرها.
        It could not be made: ask for another one.
        تعذّر إعدادها: اطلب غيرها.
        No legal hold was placed: people may be erased.
        لم يوضع حجز قانوني: يمكن محو الناس.
        {key} places one.
        {key} يضع واحدًا.
        Nobody has asked for a copy of their data or to be erased.
        لم يطلب أحد نسخة من بياناته ولا محوه.
        {key} on a member asks for a copy.
        {key} على عضو يطلب نسخة.
        There are no roles.
        لا أدوار.
        {role} may do {#n} things
        {role}: عدد ما يجوز له {n}
        No session is live.
        لا جلسة حية.
        {key} loads the list again.
        {key} يحمّل القائمة من جديد.
        No consent has been given.
        لم تُعط موافقة.
        {key} gives one: a token that lets support write.
        {key} يعطي واحدة: رمزًا يسمح للدعم بالكتابة.
        No operator has been in a tenant yet.
        لم يدخل مشغّل إلى مستأجر بعد.
        No session fits "{text}".
        لا جلسة تطابق «{text}».
        No operator has looked at {tenant} yet.
        لم يطلع مشغّل على {tenant} بعد.
        name
        الاسم
        slug
        المختصر
        status
        الحالة
        AI, month
        الذكاء، شهر
        owners
        المالكون
        consent
        الموافقة
        support may write
        للدعم أن يكتب
        QUOTAS
        الحصص
        LAST EVENTS
        آخر الأحداث
        This tenant is closed: nobody gets in. {key} opens a support session, which reads its audit \
        trail.
        هذا المستأجر مغلق: لا يدخله أحد. {key} يفتح جلسة دعم تقرأ سجل تدقيقه.
        {key} opens a support session; members, artifacts, AI use and the audit trail are visible \
        only inside one.
        {key} يفتح جلسة دعم؛ ولا يُرى الأعضاء والوثائق واستخدام الذكاء الاصطناعي وسجل التدقيق إلا \
        داخلها.
        Your role does not read the audit trail.
        دورك لا يقرأ سجل التدقيق.
        No tenant exists yet.
        لا مستأجر بعد.
        n provisions one.
        n ينشئ واحدًا.
        No tenant fits "{text}".
        لا مستأجر يطابق «{text}».
        No try to sign in with this address has failed lately.
        لم تفشل مؤخرًا محاولة دخول بهذا العنوان.
        No session is on record.
        لا جلسة مسجّلة.
        mail
        البريد
        platform
        المنصة
        since
        منذ
        no role
        لا دور
        MEMBERSHIPS
        العضويات
        A member of no tenant.
        ليس عضوًا عند أي مستأجر.
        and {#n} more
        والباقي {n}
        Nobody is known yet.
        لا أحد معروف بعد.
        Nobody fits "{text}".
        لا أحد يطابق «{text}».
        You are a member of no tenant.
        لست عضوًا عند أي مستأجر.
        Somebody there has to add you.
        على أحدهم هناك أن يضيفك.
        requests
        الطلبات
        people
        الناس
        documents
        الوثائق
        """
}
