extension ArabicPhrases {
    /// What stands on screens.
    static let screens = """
        On this screen and everywhere
        في هذه الشاشة وفي كل مكان
        In lists
        في القوائم
        Go to the next row.
        انتقل إلى الصف التالي.
        page keys
        الصفحات
        Go a page on.
        تقدّم صفحة.
        Go to the first row, with everything new, or to the last one loaded.
        انتقل إلى الصف الأول مع كل جديد، أو إلى آخر صف محمّل.
        The console
        الطرفية
        Any other key closes this.
        أي مفتاح آخر يغلق هذا.
        No step has taken longer than 8 ms.
        لم تستغرق أي خطوة أكثر من 8 م.ث.
        {*steps} took longer than 8 ms, the longest {#time}.
        {*steps} استغرقت أكثر من 8 م.ث، أطولها {time}.
        BUDGETS
        الميزانيات
        No budget is set.
        لم تُحدد ميزانية.
        {*budgets} more
        الباقي — {*budgets}
        TOKENS A DAY
        الرموز في اليوم
        Nothing was used in this time.
        لم يُستخدم شيء في هذه المدة.
        Nothing was used.
        لم يُستخدم شيء.
        BY MODEL
        حسب النموذج
        BY PURPOSE
        حسب الغرض
        BY MEMBER
        حسب العضو
        BY KEY
        حسب المفتاح
        BY MODEL (tab: next)
        حسب النموذج (tab: التالي)
        BY PURPOSE (tab: next)
        حسب الغرض (tab: التالي)
        BY MEMBER (tab: next)
        حسب العضو (tab: التالي)
        BY KEY (tab: next)
        حسب المفتاح (tab: التالي)
        Nothing waits: every alert was seen to.
        لا شيء ينتظر: عولج كل تنبيه.
        call
        الاستدعاء
        state
        الحالة
        made
        بدأ
        ended
        انتهى
        by
        بواسطة
        purpose
        الغرض
        model
        النموذج
        route
        المسار
        prompt
        التوجيه
        tokens
        الرموز
        cost
        التكلفة
        The price since {since}: {in} read, {out} written, a million tokens.
        السعر منذ {since}: قراءة {in}، كتابة {out}، لكل مليون رمز.
        It failed: {failure}
        فشل: {failure}
        A cheaper model was taken: a budget was low.
        أُخذ نموذج أرخص: كانت الميزانية منخفضة.
        Held beside it: {#tokens} tokens, because a model bills beyond its limit.
        حُجز معه: {tokens} رمزًا، لأن نموذجًا يحتسب فوق حدّه.
        The answer was shortened: a budget was low.
        قُصّر الجواب: كانت الميزانية منخفضة.
        HELD AND CHARGED
        المحجوز والمحتسب
        No budget counted it.
        لم تحتسبه أي ميزانية.
        No call is in flight.
        لا استدعاء جارٍ.
        {key} shows those that have ended.
        {key} يعرض ما انتهى.
        No call was made.
        لم يُجر أي استدعاء.
        There is no API key.
        لا مفتاح API.
        {key} makes one.
        {key} ينشئ واحدًا.
        {id}  ·  the usual rate limit
        {id}  ·  حد المعدل المعتاد
        {id}  ·  {#n} requests a minute
        {id}  ·  {n} طلب في الدقيقة
        It begins with: {prefix}
        يبدأ بـ: {prefix}
        The secret before the last rotation is good until {#time}.
        السر السابق لآخر تدوير صالح حتى {time}.
        It is refused: who made it is suspended in the workspace.
        إنه مرفوض: منشئه موقوف في مساحة العمل.
        It is refused: who made it was removed from the workspace.
        إنه مرفوض: أزيل منشئه من مساحة العمل.
        It is refused: who made it cannot sign in at present.
        إنه مرفوض: لا يستطيع منشئه تسجيل الدخول حاليًا.
        It acts for who made it, and may at most:
        يتصرف عمن أنشأه، وأقصى ما يجوز له:
        No history was kept.
        لم يُحفظ تاريخ.
        … {*lines} more, space goes on
        … الباقي — {*lines}، والمسافة تتابع
        … {*lines} more
        … الباقي — {*lines}
        ── version {version}: {action}
        ── النسخة {version}: {action}
        This tenant has no artifacts yet.
        ليس لهذا المستأجر وثائق بعد.
        n writes one.
        n يكتب واحدة.
        No artifact fits "{text}".
        لا وثيقة تطابق «{text}».
        / and an empty line shows all.
        \u{200F}/ وسطر فارغ يعرض الكل.
        ── history
        ── التاريخ
        id
        المعرّف
        tags
        الوسوم
        metadata
        البيانات
        created
        أُنشئ
        updated
        عُدّل
        {#time} by {name}
        {time}، {name}
        data
        بيانات المستأجر
        deleted since {#time}
        محذوفة منذ {time}
        is being deleted
        يجري حذفها
        stays
        تبقى
        goes on {#time}
        تُحذف في {time}
        when
        متى
        actor
        الفاعل
        action
        الإجراء
        outcome
        النتيجة
        request
        الطلب
        event id
        معرّف الحدث
        session
        الجلسة
        acted by
        نفّذه
        support
        الدعم
        hash
        التجزئة
        previous
        السابقة
        payload
        المحتوى
        what it changed
        ما الذي غيّره
        nothing
        لا شيء
        Nothing has been written to this trail yet.
        لم يُكتب في هذا السجل شيء بعد.
        No event fits "{text}".
        لا حدث يطابق «{text}».
        Verifying the chain … {*events} checked, {key} stops
        جار التحقق من السلسلة … فُحصت {*events}، و{key} يوقف
        Not verified: {*error}
        لم يُتحقق: {*error}
        ✓ The chain holds: {*count}, last hash {hash}
        ✓ السلسلة سليمة: {*count}، آخر تجزئة {hash}
        ✗ The chain breaks at event {#n}: {*fault} ({*count} held).
        ✗ تنقطع السلسلة عند الحدث {n}: {*fault} (السليم: {*count}).
        its content was changed
        غُيّر محتواه
        it is missing
        مفقود
        it was put in
        أُدخل فيها
        there are two of it
        منه اثنان
        everything from it on is gone
        ضاع كل ما بعده
        """
}
