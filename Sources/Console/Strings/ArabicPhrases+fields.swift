extension ArabicPhrases {
    /// Forms (continued).
    static let fields = """
        1 hour
        ساعة
        1 day
        يوم
        7 days
        7 أيام
        30 days
        30 يومًا
        in 7 days
        بعد 7 أيام
        in 30 days
        بعد 30 يومًا
        in 90 days
        بعد 90 يومًا
        in a year
        بعد سنة
        Rotate {key}
        تدوير {key}
        Gives 1 key another secret, which is shown this once. The old one goes on for as long \
        as you say. Cannot be undone.
        يعطي مفتاحًا واحدًا سرًا آخر يُعرض هذه المرة فقط. ويبقى القديم المدة التي تحددها. لا \
        يمكن التراجع عنه.
        Old secret
        السر القديم
        Expires
        ينتهي
        Requests
        الطلبات
        the usual limit
        الحد المعتاد
        a minute at most
        في الدقيقة على الأكثر
        Change {name}
        تعديل {name}
        Changes 1 person. Undone by: the old values.
        يغيّر شخصًا واحدًا. يُتراجع عنه بالقيم القديمة.
        Language
        اللغة
        Grant a role on the platform
        منح دور على المنصة
        Gives 1 known person rights on the whole platform, on record, from their next request \
        on. Undone by: revoke.
        يعطي شخصًا معروفًا حقوقًا على المنصة كلها، بتسجيل، من طلبه التالي. يُتراجع عنه بالسحب.
        Hours
        الساعات
        for good
        نهائيًا
        how long it holds; empty for good
        مدة سريانه؛ وفارغ يعني نهائيًا
        Rename {tenant}
        إعادة تسمية {tenant}
        Changes 1 tenant: its name everywhere. The slug {slug} stays. Undone by: the old name.
        يغيّر مستأجرًا واحدًا: اسمه في كل مكان. ويبقى الاسم المختصر {slug}. يُتراجع عنه بالاسم \
        القديم.
        Let support write in {tenant}
        السماح للدعم بالكتابة عند {tenant}
        Gives 1 consent: whoever has its token opens support sessions that write, until it is \
        over. Undone by: revoke, which ends them at once.
        يعطي موافقة واحدة: فمن يحمل رمزها يفتح جلسات دعم تكتب، حتى تنتهي. يُتراجع عنها \
        بالإبطال، وهو ينهيها في الحال.
        Note
        ملاحظة
        what for; optional
        لماذا؛ اختياري
        of customers; ← → or space
        بيانات العملاء؛ ← → أو المسافة
        Invite to {tenant}
        دعوة إلى {tenant}
        Reserves 1 seat for seven days and sends 1 mail with a link. Undone by: take back.
        يحجز مقعدًا سبعة أيام ويرسل رسالة واحدة برابط. يُتراجع عنه بالاسترداد.
        New role in {tenant}
        دور جديد عند {tenant}
        Makes 1 role, which nobody has yet. Undone by: delete.
        ينشئ دورًا واحدًا لا يحمله أحد بعد. يُتراجع عنه بالحذف.
        Role {role}
        الدور {role}
        Changes 1 role of {*members}, at once. Undone by: undo right after.
        يغيّر دورًا واحدًا ({*members})، في الحال. يُتراجع عنه بالتراجع مباشرة.
        Editor
        محرر
        Rank
        الرتبة
        1 to 79, below your own
        من 1 إلى 79، دون رتبتك
        Permissions
        الصلاحيات
        names such as artifact.read or artifact.update:own
        أسماء مثل artifact.read أو artifact.update:own
        Legal hold in {tenant}
        حجز قانوني عند {tenant}
        Places 1 hold: nobody can erase the person, or anybody when none is named, until it is \
        lifted. Undone by: lift.
        يضع حجزًا واحدًا: فلا يمحو أحد الشخص، ولا أي شخص إن لم يُسمَّ أحد، حتى يُرفع. يُتراجع \
        عنه بالرفع.
        Member
        العضو
        everybody
        الجميع
        mail address or id; empty for everybody
        عنوان بريد أو معرّف؛ وفارغ يعني الجميع
        Copy of the data of {name}
        نسخة من بيانات {name}
        Asks a worker for 1 copy of everything about the person, kept for a week. Five a day \
        are the limit.
        يطلب نسخة واحدة من كل ما يخص الشخص، تُحفظ أسبوعًا. والحد خمس في اليوم.
        Budget of {tenant}: {*budget}
        ميزانية {tenant}: {*budget}
        Changes 1 budget; the next call sees it, calls in flight finish. A limit below what is \
        used refuses what is new.
        يغيّر ميزانية واحدة؛ يراها الاستدعاء التالي، وتكتمل الجارية. والحد الأقل من المستخدم \
        يرفض الجديد.
        A hard limit of 0 blocks every call that it is about. Undone by: the old limits.
        والحد الصارم 0 يمنع كل استدعاء يخصه. يُتراجع عنه بالحدود القديمة.
        Hard limit
        الحد الصارم
        with its unit, such as {example}
        بوحدته، مثل {example}
        Soft limit
        الحد اللين
        warns from here on; empty for none
        يحذّر من هنا؛ وفارغ يعني لا شيء
        Measuring
        القياس
        {*holder}, {*metric} a {*period}
        {*holder}، {*metric} لكل {*period}
        {#amount} of {#limit}
        {amount} من {limit}
        blocks all calls
        يمنع كل الاستدعاءات
        {#amount} of {#limit}, {#held} held
        {amount} من {limit}، محجوز {held}
        {#amount} of {#limit}, off
        {amount} من {limit}، معطّلة
        {#amount} of {#limit}, {#held} held, off
        {amount} من {limit}، محجوز {held}، معطّلة
        Type {word}
        اكتب {word}
        Type it
        اكتبه
        Type this to confirm: {word}
        للتأكيد اكتب: {word}
        does not match {word}
        لا يطابق {word}
        a reason is needed
        يلزم سبب
        Cancel
        إلغاء
        must be chosen
        يجب اختياره
        must be a mail address such as {example}
        يجب أن يكون عنوان بريد مثل {example}
        must be 1 to {limit}
        يجب أن يكون من 1 إلى {limit}
        must be 1 to 8784, or empty
        يجب أن يكون من 1 إلى 8784، أو فارغًا
        must be a whole number of 0 or more
        يجب أن يكون عددًا صحيحًا من 0 فأكثر
        must not be above the hard limit
        يجب ألا يتجاوز الحد الصارم
        must be the id of an artifact
        يجب أن يكون معرّف وثيقة
        must be 3 to 63 lower-case letters, digits and hyphens, beginning and ending with a \
        letter or digit
        يجب أن يكون من 3 إلى 63 حرفًا صغيرًا أو رقمًا أو شرطة، ويبدأ وينتهي بحرف أو رقم
        month
        شهر
        day
        يوم
        hour
        ساعة
        tenant
        المستأجر
        user {name}
        المستخدم {name}
        key {name}
        المفتاح {name}
        """
}
