extension ArabicPhrases {
    /// The names of screens and of columns.
    static let columns = """
        Overview
        نظرة عامة
        Tenants
        المستأجرون
        Workspaces
        مساحات العمل
        Your workspaces
        مساحات عملك
        Sessions
        الجلسات
        Your sessions
        جلساتك
        Tenant
        المستأجر
        Members
        الأعضاء
        Roles
        الأدوار
        Invitations
        الدعوات
        Grants
        المنح
        Artifacts
        الوثائق
        Deleted artifacts
        الوثائق المحذوفة
        Artifact
        الوثيقة
        Audit
        التدقيق
        Audit event
        حدث تدقيق
        Users
        المستخدمون
        User
        المستخدم
        Failed sign-ins
        محاولات دخول فاشلة
        Platform roles
        أدوار المنصة
        Support sessions
        جلسات الدعم
        Support sessions of a tenant
        جلسات الدعم عند مستأجر
        Support consents
        موافقات الدعم
        AI calls
        استدعاءات الذكاء الاصطناعي
        AI calls in flight
        استدعاءات الذكاء الاصطناعي الجارية
        AI call
        استدعاء ذكاء اصطناعي
        AI call {id}
        استدعاء {id}
        AI alerts
        تنبيهات الذكاء الاصطناعي
        Personal data
        البيانات الشخصية
        Legal holds
        الحجوز القانونية
        Copies of a person's data
        نسخ من بيانات شخص
        Copies of data
        نسخ البيانات
        Event {#n}
        الحدث {n}
        Keys
        المفاتيح
        NAME
        الاسم
        SLUG
        المختصر
        PLAN
        الباقة
        STATUS
        الحالة
        STATE
        الحالة
        MAIL
        البريد
        ROLE
        الدور
        JOINED
        انضم
        INVITED BY
        دعاه
        SENT
        أُرسلت
        HOLDS UNTIL
        صالحة حتى
        ARTIFACT
        الوثيقة
        MAY
        يجوز له
        GIVEN BY
        منحها
        SINCE
        منذ
        TAGS
        الوسوم
        UPDATED
        عُدّلت
        BY
        بواسطة
        WHEN
        متى
        WHAT
        ماذا
        version
        النسخة
        NO.
        الرقم
        ACTOR
        الفاعل
        ACTION
        الإجراء
        OBJECT
        الشيء
        OUTCOME
        النتيجة
        TIME
        الوقت
        RAISED
        صدر
        BUDGET
        الميزانية
        REACHED
        بلغ
        USED
        المستخدم
        LIMIT
        الحد
        MADE
        بدأ
        MODEL
        النموذج
        PURPOSE
        الغرض
        WHO
        من
        CALLS
        استدعاء
        TOKENS
        الرموز
        COST
        التكلفة
        AI TOKENS
        الرموز
        AI COST
        التكلفة
        AI
        الذكاء
        ARTIFACTS
        الوثائق
        STORAGE
        التخزين
        CREATED
        أُنشئ
        MEMBERS
        الأعضاء
        RANK
        الرتبة
        SCOPES
        النطاقات
        PREFIX
        البادئة
        MADE BY
        أنشأه
        LAST USED
        آخر استخدام
        EXPIRES
        ينتهي
        PLATFORM
        المنصة
        KNOWN SINCE
        معروف منذ
        GRANTED BY
        منحه
        GRANTED
        مُنح
        ENDS
        ينتهي
        KIND
        النوع
        ABOUT
        عن
        ASKED BY
        طلبه
        ASKED
        طُلب
        DUE
        الموعد
        ON
        على
        REASON
        السبب
        PLACED BY
        وضعه
        PLACED
        وُضع
        LIFTED
        رُفع
        DEVICE
        الجهاز
        DOOR
        الباب
        ADDRESS
        العنوان
        LAST SEEN
        آخر ظهور
        SIGNED IN
        دخل
        PERSONAL DATA
        البيانات الشخصية
        NOTE
        ملاحظة
        GIVEN
        أُعطيت
        UNTIL
        حتى
        STARTED
        بدأت
        TENANT
        المستأجر
        OPERATOR
        المشغّل
        MODE
        الوضع
        LEFT
        الباقي
        TICKET
        التذكرة
        ENDED
        انتهت
        MINUTE
        الدقيقة
        NETWORK
        الشبكة
        COUNT
        العدد
        THE LAST ONE
        الأخيرة
        TRIES
        المحاولات
        SESSION
        الجلسة
        PROGRAM
        البرنامج
        BEGAN
        بدأت
        YOUR ROLE
        دورك
        VERSION
        النسخة
        ID
        المعرّف
        OWN
        خاص
        HELD BY
        يحمله
        PERMISSIONS
        الصلاحيات
        """
}
