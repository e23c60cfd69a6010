extension ArabicPhrases {
    /// The names of actions and what they do (continued).
    static let moreActions = """
        Show the tries to sign in as the person that did not succeed.
        اعرض محاولات الدخول باسم هذا الشخص التي لم تنجح.
        disable or enable
        تعطيل أو تفعيل
        Shut the person out everywhere, or let a disabled one in again.
        امنع الشخص من الدخول في كل مكان، أو اسمح لمعطّل من جديد.
        end sessions
        إنهاء الجلسات
        End all sessions of the person, who may sign in anew.
        أنه كل جلسات الشخص، وله أن يدخل من جديد.
        Change the person's name or language.
        غيّر اسم الشخص أو لغته.
        grant role
        منح دور
        Give a person a role on the platform, perhaps for a while.
        امنح شخصًا دورًا على المنصة، ولو لمدة.
        revoke role
        سحب الدور
        Take a role on the platform away at once.
        اسحب دورًا على المنصة في الحال.
        support consents
        موافقات الدعم
        standing consent
        موافقة دائمة
        Let super-admins write in support sessions until further notice, or no more.
        اسمح للمشرفين العامين بالكتابة في جلسات الدعم حتى إشعار آخر، أو امنعهم.
        rename
        إعادة تسمية
        Give the tenant another name; its slug stays.
        أعط المستأجر اسمًا آخر؛ ويبقى اسمه المختصر.
        give consent
        منح موافقة
        Give support a token that lets it write for some hours.
        أعط الدعم رمزًا يسمح له بالكتابة بضع ساعات.
        Take a consent back; what rests on it ends at once.
        استرد موافقة؛ وينتهي ما يستند إليها في الحال.
        end
        إنهاء
        End a support session of your own.
        أنه جلسة دعم من جلساتك.
        Provision a tenant.
        أنشئ مستأجرًا.
        inspect
        معاينة
        Show plan, quotas and figures of a tenant without entering it.
        اعرض باقة المستأجر وحصصه وأرقامه دون دخوله.
        suspend
        إيقاف
        Suspend the tenant: nobody of it gets in until it is resumed.
        أوقف المستأجر: فلا يدخل أحد منه حتى يُستأنف.
        resume
        استئناف
        Let a suspended tenant in again.
        اسمح لمستأجر موقوف بالدخول من جديد.
        plan
        الباقة
        Put the tenant on another plan.
        انقل المستأجر إلى باقة أخرى.
        quota
        الحصة
        Change the soft and the hard limit of one resource.
        غيّر الحد اللين والحد الصارم لأحد الموارد.
        support session
        جلسة دعم
        Enter the tenant for some minutes, with a reason, on record.
        ادخل إلى المستأجر دقائق معدودة، بسبب مسجّل.
        leave
        مغادرة
        End the support session and take its screens away.
        أنه جلسة الدعم وأزل شاشاتها.
        count anew
        عدّ من جديد
        Count members, artifacts and use of all tenants again.
        عُدّ الأعضاء والوثائق والاستخدام لكل المستأجرين من جديد.
        personal data
        البيانات الشخصية
        legal holds
        الحجوز القانونية
        copy of data
        نسخة من البيانات
        Ask for a copy of what the tenant has about the member.
        اطلب نسخة مما لدى المستأجر عن العضو.
        erase
        محو
        Have the member forgotten here; one's own request waits for an owner.
        اطلب نسيان العضو هنا؛ وطلب المرء لنفسه ينتظر مالكًا.
        save
        حفظ
        Save the copy as a file where the console was started; the trail says so.
        احفظ النسخة ملفًا حيث شُغّلت الطرفية؛ ويذكر السجل ذلك.
        approve
        موافقة
        Carry an erasure out that a member asked for.
        نفّذ محوًا طلبه عضو.
        place
        وضع حجز
        Forbid to erase a member, or everybody.
        امنع محو عضو، أو محو الجميع.
        lift
        رفع
        Lift a legal hold; its line stays.
        ارفع حجزًا قانونيًا؛ ويبقى سطره.
        copies of data
        نسخ البيانات
        Show the copies of everything about the person, and ask for one.
        اعرض نسخ كل ما يخص الشخص، واطلب واحدة.
        ask
        طلب
        Ask for a copy of everything about the person.
        اطلب نسخة من كل ما يخص الشخص.
        Make the person nobody, for good, everywhere.
        اجعل الشخص مجهولًا، نهائيًا، في كل مكان.
        invite
        دعوة
        Invite a mail address; the mail brings a link that holds for seven days.
        ادعُ عنوان بريد؛ وتحمل الرسالة رابطًا صالحًا سبعة أيام.
        invitations
        الدعوات
        Show who is invited, and what became of it.
        اعرض من دُعي، وما آلت إليه دعوته.
        roles
        الأدوار
        Show the roles and what each may do.
        اعرض الأدوار وما يجوز لكل منها.
        hand over
        تسليم
        Make the member an owner in your own place; you are an admin then.
        اجعل العضو مالكًا مكانك؛ وتصير أنت مشرفًا.
        Give up your own place in the tenant.
        تخلّ عن مكانك عند المستأجر.
        send again
        إعادة إرسال
        Send the invitation again; the link of the earlier mail stops working.
        أرسل الدعوة من جديد؛ ويتوقف رابط الرسالة السابقة.
        Take the invitation back and free its seat.
        اسحب الدعوة وحرر مقعدها.
        Make a role of the tenant's own.
        أنشئ دورًا خاصًا بالمستأجر.
        Change the role; it takes effect at once for all who hold it.
        غيّر الدور؛ ويسري في الحال على كل من يحمله.
        Delete a role that nobody holds and no invitation offers.
        احذف دورًا لا يحمله أحد ولا تعرضه دعوة.
        End the selected session: whoever uses it is out with the next request.
        أنه الجلسة المحددة: فيخرج مستخدمها مع طلبه التالي.
        end all others
        إنهاء البقية
        End all your sessions but this console's.
        أنه كل جلساتك إلا جلسة هذه الطرفية.
        summary
        الملخص
        members
        الأعضاء
        artifacts
        الوثائق
        AI quotas
        حصص الذكاء الاصطناعي
        audit
        التدقيق
        API keys
        مفاتيح API
        parts
        الأقسام
        Show the tenant's {*label}.
        اعرض عند المستأجر: {*label}.
        add
        إضافة
        Add a member by mail address.
        أضف عضوًا بعنوان بريده.
        change role
        تغيير الدور
        Give the member another role.
        أعط العضو دورًا آخر.
        Suspend the member, or let a suspended one in again.
        أوقف العضو، أو اسمح لموقوف بالدخول من جديد.
        remove
        إزالة
        Remove the member and free the seat.
        أزل العضو وحرر المقعد.
        follow
        تتبّع
        Show what the person did in the audit trail.
        اعرض ما فعله الشخص في سجل التدقيق.
        """
}
