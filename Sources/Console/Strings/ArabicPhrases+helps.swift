extension ArabicPhrases {
    /// What F1 says of a field.
    static let helps = """
        there is no more to say about it.
        ليس هناك ما يُضاف عنه.
        The plan sets the quotas and the AI budget. p changes it later.
        تحدد الباقة الحصص وميزانية الذكاء. يغيرها p لاحقًا.
        Quotas and the AI budget follow the plan at once.
        تتبع الحصص وميزانية الذكاء الباقة فورًا.
        The roles that you may give: those below your own, and the tenant's own ones. R on the \
        members shows what each may do.
        الأدوار التي يمكنك منحها: ما دون دورك، وأدوار المستأجر نفسه. يعرض R عند الأعضاء ما يجوز \
        لكل منها.
        The one document that the member may use from now on. Others stay out of reach unless the \
        role gives them.
        الوثيقة الواحدة التي يجوز للعضو استخدامها من الآن. وتبقى غيرها بعيدة عنه ما لم يمنحها \
        الدور.
        What the key may do at most: it never may more than you may yourself at the time of the \
        request. Only permissions that keys can have are in the list.
        أقصى ما يجوز للمفتاح: لا يجوز له أبدًا أكثر مما يجوز لك وقت الطلب. وليس في القائمة إلا \
        الأذونات التي تصح للمفاتيح.
        The key is good until the day is over in the zone of this console. Never takes an end \
        away.
        يصلح المفتاح حتى ينقضي اليوم في منطقة هذه الوحدة. و«أبدًا» يزيل النهاية.
        Somebody the platform knows: who has signed up or was added before.
        شخص تعرفه المنصة: من سجّل أو أُضيف من قبل.
        What its members may do, never beyond your own rights. :own reaches only what they made \
        themselves or were given.
        ما يجوز لأعضائه، ولا يتجاوز حقوقك أبدًا. و:own لا يبلغ إلا ما صنعوه بأنفسهم أو أُعطوه.
        Whom nobody can erase while the hold is there. A hold on everybody covers those who come \
        later, too.
        من لا يستطيع أحد محوه ما دام الحجز قائمًا. والحجز على الجميع يشمل من يأتي لاحقًا أيضًا.
        What the model writes, thoughts apart.
        ما يكتبه النموذج، دون التفكير.
        What is read from the provider's cache; empty for the price of what is read.
        ما يُقرأ من مخزن المزوّد؛ ويُترك فارغًا ليكون بسعر القراءة.
        What is put into the provider's cache; empty for the price of what is read.
        ما يوضع في مخزن المزوّد؛ ويُترك فارغًا ليكون بسعر القراءة.
        What the model thinks before it writes; empty for the price of what is written.
        ما يفكر فيه النموذج قبل أن يكتب؛ ويُترك فارغًا ليكون بسعر الكتابة.
        A call that reads more tokens than the first number costs what follows, all of its \
        tokens: what is read, what is written, and, behind further colons, cached, kept in \
        cache and thoughts.
        الاستدعاء الذي يقرأ رموزًا أكثر من العدد الأول يُحتسب كله بما يليه: المقروء ثم \
        المكتوب، ثم بعد نقطتين أخريين المخزّن والمحفوظ والتفكير.
        """
}
