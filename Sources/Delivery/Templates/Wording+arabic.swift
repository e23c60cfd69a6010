import Domain

extension Wording {
    private static let greeting = "مرحبًا{{#name}} {{.}}{{/name}}،"
    private static let codeFollows = "إذا تعذّر فتح الرابط، فاستخدم هذا الرمز:"

    static func arabic(_ template: Mail.Template) -> Wording {
        switch template {
        case .verification: verification
        case .registeredAlready: registeredAlready
        case .passwordReset: passwordReset
        case .passwordChanged: passwordChanged
        case .invitation: invitation
        case .lockNotice: lockNotice
        case .budgetAlert: budgetAlert
        }
    }

    private static let verification = Wording(
        subject: "أكّد عنوان بريدك الإلكتروني",
        opening: [
            greeting,
            "سجّل أحدهم، والأرجح أنه أنت، هذا العنوان في Ghostworks. يُرجى تأكيده:",
        ],
        action: .init(label: "تأكيد العنوان", path: "/verify-email#{{token}}"),
        closing: [
            "يعمل الرابط مرة واحدة حتى {{expires_at}}.",
            "إن لم تكن أنت، فلا تفعل شيئًا: لا يمكن استخدام الحساب من دون الرابط.", codeFollows,
        ],
        code: "{{token}}"
    )

    private static let registeredAlready = Wording(
        subject: "لديك حساب بالفعل",
        opening: [
            greeting,
            "سجّل أحدهم، والأرجح أنه أنت، هذا العنوان في Ghostworks، لكن له حسابًا بالفعل. "
                + "سجّل الدخول به:",
        ],
        action: .init(label: "تسجيل الدخول", path: "/sign-in"),
        closing: [
            "إذا نسيت كلمة المرور، فيمكنك تعيين كلمة جديدة هناك.",
            "إن لم تكن أنت، فلا تفعل شيئًا: لم يُخبَر أحد بوجود الحساب.",
        ]
    )

    private static let passwordReset = Wording(
        subject: "عيّن كلمة مرور جديدة",
        opening: [
            greeting,
            "طلب أحدهم، والأرجح أنه أنت، كلمة مرور جديدة لحسابك. عيّنها هنا:",
        ],
        action: .init(label: "تعيين كلمة مرور جديدة", path: "/reset-password#{{token}}"),
        closing: [
            "يعمل الرابط مرة واحدة حتى {{expires_at}}.",
            "إن لم تكن أنت، فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.", codeFollows,
        ],
        code: "{{token}}"
    )

    private static let passwordChanged = Wording(
        subject: "تم تغيير كلمة مرورك",
        opening: [
            greeting, "تم تغيير كلمة مرور حسابك الآن.",
            "إن كنت أنت من غيّرها، فلا حاجة إلى شيء. وإلا فعيّن كلمة جديدة فورًا:",
        ],
        action: .init(label: "تعيين كلمة مرور جديدة", path: "/forgot-password"),
        closing: []
    )

    private static let invitation = Wording(
        subject: "دعوة إلى {{workspace}}",
        opening: [
            greeting,
            "يدعوك {{inviter}} إلى مساحة العمل {{workspace}} في Ghostworks بدور {{role}}.",
        ],
        action: .init(label: "عرض الدعوة", path: "/invitations#{{token}}"),
        closing: [
            "الدعوة لهذا العنوان وحده، وهي صالحة حتى {{expires_at}}.",
            "إذا كنت لا تعرف المرسل، فلا تفعل شيئًا.", codeFollows,
        ],
        code: "{{token}}"
    )

    private static let lockNotice = Wording(
        subject: "تسجيل الدخول إلى حسابك مقفل لبعض الوقت",
        opening: [
            greeting,
            "بعد عدة كلمات مرور خاطئة، أُقفل تسجيل الدخول إلى حسابك حتى {{until}}.",
            "إن كنت أنت، فانتظر حتى ذلك الوقت، أو عيّن كلمة مرور جديدة:",
        ],
        action: .init(label: "تعيين كلمة مرور جديدة", path: "/forgot-password"),
        closing: ["إن لم تكن أنت: لم تُعرف كلمة مرورك، ولم يدخل أحد."]
    )

    private static let budgetAlert = Wording(
        subject: "ميزانية الذكاء الاصطناعي في {{workspace}}: "
            + "{{#percent}}استُخدم {{.}}٪{{/percent}}"
            + "{{^percent}}بلغت الحدّ المرن{{/percent}}",
        opening: [
            greeting,
            "بلغت ميزانية الذكاء الاصطناعي ({{budget_metric}}، {{budget_scope}}) في مساحة العمل "
                + "{{workspace}} "
                + "{{#percent}}{{.}}٪ من حدّها{{/percent}}"
                + "{{^percent}}حدّها المرن{{/percent}}: {{used}} من {{hard}} منذ {{since}}.",
            "عند بلوغ الحدّ نفسه تُرفض الطلبات التالية حتى الفترة القادمة.",
        ],
        action: .init(label: "عرض الميزانيات", path: "/ai/budgets"),
        closing: ["تصلك هذه الرسالة مرة واحدة لكل نسبة من الحدّ في كل فترة."]
    )
}
