extension ArabicPhrases {
    /// The names of actions and what they do.
    static let actions = """
        budget
        ميزانية
        edit budget
        تعديل الميزانية
        Change the limits of the selected budget.
        غيّر حدود الميزانية المحددة.
        calls
        الاستدعاءات
        Show the calls in flight, and those that have ended.
        اعرض الاستدعاءات الجارية وما انتهى منها.
        alerts
        التنبيهات
        Show the budgets that reached a share of their limit.
        اعرض الميزانيات التي بلغت نسبة من حدها.
        acknowledge
        تأكيد
        Note that somebody saw to the alert.
        سجّل أن التنبيه قد عولج.
        in flight/all
        الجارية/الكل
        Show all calls, or only those in flight again.
        اعرض كل الاستدعاءات، أو الجارية وحدها من جديد.
        end call
        إنهاء الاستدعاء
        Ask for the call to end; what was written by then is charged.
        اطلب إنهاء الاستدعاء؛ ويُحتسب ما كُتب حتى ذلك الحين.
        new
        جديد
        Write a new artifact in $EDITOR.
        اكتب وثيقة جديدة في \u{200E}$EDITOR.
        edit
        تعديل
        Edit name, tags, metadata and description in $EDITOR.
        عدّل الاسم والوسوم والبيانات الوصفية والوصف في \u{200E}$EDITOR.
        delete
        حذف
        Delete the artifact; it can be restored.
        احذف الوثيقة؛ ويمكن استرجاعها.
        restore
        استرجاع
        Bring a deleted artifact back.
        استرجع وثيقة محذوفة.
        deleted
        المحذوفات
        Show the deleted artifacts, or the others again.
        اعرض الوثائق المحذوفة، أو بقية الوثائق من جديد.
        history
        التاريخ
        Show what was changed, by whom and when.
        اعرض ما تغيّر، ومن غيّره ومتى.
        events
        الأحداث
        Show the audit events of this object.
        اعرض أحداث التدقيق لهذا الشيء.
        more text
        بقية النص
        Scroll the text; at its end go back to its beginning.
        مرّر النص؛ وعند نهايته عُد إلى بدايته.
        copy id
        نسخ المعرّف
        Copy the id of the selected object.
        انسخ معرّف الشيء المحدد.
        next grouping
        التجميع التالي
        Sum the use by model, by purpose, by member or by API key.
        اجمع الاستخدام حسب النموذج أو الغرض أو العضو أو مفتاح API.
        verify
        تحقق
        Follow the whole chain of hashes and say where it breaks, if it does.
        تتبّع سلسلة التجزئة كلها وقل أين تنقطع إن انقطعت.
        trail
        السجل
        Show the platform's own audit trail: of what is selected, or all of it.
        اعرض سجل تدقيق المنصة نفسها: لما هو محدد، أو كله.
        object
        الشيء
        Go to the object of the event.
        انتقل إلى الشيء الذي يخصه الحدث.
        grants
        المنح
        Show the single artifacts that the member was given.
        اعرض الوثائق التي مُنحت للعضو واحدة واحدة.
        give
        منح
        Give the member an artifact: a guest sees exactly what was given.
        امنح العضو وثيقة: فالضيف يرى ما مُنح له لا غير.
        take back
        استرداد
        Take the artifact from the member again.
        استرد الوثيقة من العضو.
        Make an API key; its text is shown once.
        أنشئ مفتاح API؛ ويُعرض نصه مرة واحدة.
        Change the key's name, its end or its rate limit.
        غيّر اسم المفتاح أو نهايته أو حد معدله.
        rotate
        تدوير
        yourself
        أنت
        Change your name, and the time zone in which times are shown to you.
        غيّر اسمك، والمنطقة الزمنية التي تُعرض لك بها الأوقات.
        Give the key another secret; the old one may go on for a while.
        أعط المفتاح سرًا آخر؛ وقد يبقى القديم صالحًا مدة.
        revoke
        إبطال
        End the key for good, on its very next request.
        أنه المفتاح نهائيًا، من طلبه التالي مباشرة.
        open
        فتح
        Open the selected row.
        افتح الصف المحدد.
        command
        أمر
        Name a screen, a tenant or an action; tab completes.
        سمِّ شاشة أو مستأجرًا أو إجراء؛ ومفتاح tab يكمل.
        filter
        تصفية
        Search or filter what is on the screen; an empty filter shows all.
        ابحث في المعروض أو صفّه؛ والمرشح الفارغ يعرض الكل.
        help
        مساعدة
        Show the keys, and why some of them cannot be used now.
        اعرض المفاتيح، ولماذا لا يصلح بعضها الآن.
        back
        رجوع
        Cancel what is being loaded, or go back to the screen before. Never quits.
        ألغ ما يجري تحميله، أو عُد إلى الشاشة السابقة. لا يُخرج أبدًا.
        forward
        تقدّم
        Go forward again after going back.
        تقدّم من جديد بعد الرجوع.
        last screen
        آخر شاشة
        Go to the screen that was shown before this one, and back again.
        انتقل إلى الشاشة التي عُرضت قبل هذه، ثم عُد منها.
        reload
        تحديث
        Load what is shown again.
        حمّل المعروض من جديد.
        sort
        ترتيب
        Put the list into the next order.
        رتّب القائمة بالترتيب التالي.
        undo
        تراجع
        Take back the last suspension, resumption, deletion or restoration.
        تراجع عن آخر إيقاف أو استئناف أو حذف أو استرجاع.
        write
        كتابة
        Let this console write for some minutes, with a reason, on record.
        اسمح لهذه الطرفية بالكتابة دقائق معدودة، بسبب مسجّل.
        read-only
        قراءة فقط
        Make the console read-only again.
        أعد الطرفية إلى القراءة فقط.
        overview
        نظرة عامة
        Show the platform at a glance.
        اعرض المنصة بلمحة واحدة.
        tenants
        المستأجرون
        Show the tenants.
        اعرض المستأجرين.
        workspaces
        مساحات العمل
        Show the tenants that you are a member of.
        اعرض المستأجرين الذين أنت عضو عندهم.
        sessions
        الجلسات
        Show where you are signed in.
        اعرض أين سجّلت الدخول.
        sign out
        خروج
        End this session.
        أنه هذه الجلسة.
        quit
        إغلاق
        Leave the console; asks first while a change is on its way.
        اترك الطرفية؛ وتسأل أولًا ما دام تغيير في طريقه.
        users
        المستخدمون
        Show the people of the platform.
        اعرض أناس المنصة.
        platform roles
        أدوار المنصة
        Show who is what on the platform.
        اعرض من له أي دور على المنصة.
        support sessions
        جلسات الدعم
        Show who looked at which tenant, when and why.
        اعرض من اطلع على أي مستأجر، ومتى ولماذا.
        sign-ins
        محاولات الدخول
        """
}
