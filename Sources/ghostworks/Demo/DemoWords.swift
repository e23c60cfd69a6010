/// The words that the demonstration is made of.
enum DemoWords {
    static let englishFirstNames = [
        "Ada", "Amelia", "Ben", "Clara", "Daniel", "Elena", "Farah", "George", "Hannah", "Ivan",
        "Julia", "Kenji", "Lina", "Marco", "Nadia", "Oscar", "Priya", "Quentin", "Rosa", "Samuel",
        "Tara", "Uma", "Victor", "Wanda", "Yusuf", "Zoe",
    ]
    static let englishLastNames = [
        "Abbott", "Baker", "Carter", "Dawson", "Ellis", "Fischer", "Garcia", "Hughes", "Ivanov",
        "Jensen", "Kowalski", "Lindqvist", "Morales", "Nakamura", "Okafor", "Petrov", "Rossi",
        "Santos", "Tanaka", "Underwood", "Vargas", "Weber", "Young", "Zimmer",
    ]
    static let arabicFirstNames = [
        ("أحمد", "ahmad"), ("عمر", "omar"), ("هدى", "huda"), ("سارة", "sara"), ("محمد", "mohammed"),
        ("فاطمة", "fatima"), ("خالد", "khaled"), ("مريم", "maryam"), ("يوسف", "yousef"),
        ("نورة", "noura"), ("سلمان", "salman"), ("ليلى", "layla"),
    ]
    static let arabicLastNames = [
        ("العتيبي", "alotaibi"), ("الصباح", "alsabah"), ("المطيري", "almutairi"),
        ("الراشد", "alrashed"), ("العنزي", "alanezi"), ("الفهد", "alfahad"),
        ("البدر", "albadr"), ("الخالدي", "alkhalidi"),
    ]

    static let tenantNames = [
        "Acme Charity", "Bright Harbor", "Cedar Studio", "Dune Market", "Evergreen Foundation",
        "Falcon Logistics", "Gulf Learning", "Harvest Kitchen", "Iris Media", "Juniper Health",
        "Kite Robotics", "Lantern Press", "Mosaic Relief", "North Pier", "Oasis Travel",
        "Pearl Museum", "Quartz Finance", "River Academy", "Saffron House", "Tide Energy",
        "Unity Clinic", "Vista Homes", "Willow Books", "Xenia Events", "Yarrow Farms",
        "Zephyr Sports", "Amber Crafts", "Beacon Legal", "Coral Dental", "Delta Water",
        "Ember Theatre", "Fern Nursery", "Granite Works", "Hazel Bakery", "Indigo Textiles",
        "Jasmine Tours", "Karam Relief", "Lotus Pharmacy", "Meadow School", "Nova Optics",
    ]

    /// Name, and the tags that go with it.
    static let englishTopics: [(name: String, tags: [String])] = [
        ("Zakat guide", ["zakat", "guide"]), ("Ramadan campaign", ["campaign", "ramadan"]),
        ("Donor newsletter", ["newsletter", "donors"]), ("Volunteer handbook", ["handbook"]),
        ("Quarterly report", ["report", "finance"]), ("Brand guidelines", ["brand", "guide"]),
        ("Product launch brief", ["launch", "campaign"]), ("Press release", ["press"]),
        ("Event checklist", ["event", "checklist"]), ("Onboarding notes", ["people"]),
        ("Customer interview", ["research"]), ("Price list", ["sales", "finance"]),
        ("Supplier contract", ["legal", "contract"]), ("Privacy notice", ["legal"]),
        ("Social media plan", ["social", "campaign"]),
        ("Field visit summary", ["field", "report"]),
        ("Grant application", ["grant", "finance"]), ("Training outline", ["training"]),
        ("Board minutes", ["board", "minutes"]), ("Incident review", ["operations", "report"]),
        ("Catalogue copy", ["catalogue", "brand"]), ("Survey results", ["research", "report"]),
        ("Impact story", ["story", "donors"]), ("Website outline", ["web"]),
    ]
    static let arabicTopics: [(name: String, tags: [String])] = [
        ("دليل المتبرع", ["زكاة", "guide"]), ("حملة رمضان", ["campaign", "رمضان"]),
        ("تقرير الربع", ["report", "تقرير"]), ("قصة نجاح", ["story"]),
        ("خطة التوعية", ["campaign", "توعية"]), ("سياسة الخصوصية", ["legal"]),
        ("كتيب المتطوعين", ["handbook", "متطوعون"]), ("نشرة الجمعية", ["newsletter"]),
        ("محضر الاجتماع", ["board", "minutes"]), ("دعوة الحفل السنوي", ["event"]),
    ]
    static let englishPlaces = [
        "Kuwait City", "Salmiya", "Amman", "Cairo", "London", "Lisbon", "Berlin", "Lagos",
        "Jakarta", "Nairobi", "Toronto", "Osaka",
    ]
    static let arabicPlaces = ["الكويت", "السالمية", "عمّان", "القاهرة", "بيروت", "الدوحة", "مسقط"]

    static let englishSentences = [
        "The first draft is ready for review and names the people who must sign it.",
        "Figures were checked against last year and rose by a tenth.",
        "Families in the area asked for school supplies before winter.",
        "The audience is people who gave once and have not heard from us since.",
        "Keep the tone warm, the sentences short and the numbers exact.",
        "Open points: the venue, the budget for printing and a second speaker.",
        "Approved by the board; publish after the holiday.",
        "Photographs are in the media library and may be used with credit.",
        "The supplier confirmed delivery and a lower price for larger orders.",
        "Translate into Arabic and have a native speaker read it once more.",
        "Volunteers meet on Saturday at nine; new ones get a short introduction.",
        "Interviews show that trust matters more than price.",
    ]
    static let arabicSentences = [
        "تم إعداد المسودة الأولى وهي جاهزة للمراجعة.",
        "تحتاج الأسر في المنطقة إلى مستلزمات مدرسية قبل الشتاء.",
        "يُنشر بعد موافقة مجلس الإدارة.",
        "الأرقام مراجعة ومقارنة بالعام الماضي.",
        "يجتمع المتطوعون يوم السبت في التاسعة صباحاً.",
        "نشكر مُحَمَّد وفريقه على جهودهم في الميدان.",
        "الصور محفوظة في المكتبة ويمكن استخدامها مع ذكر المصدر.",
        "الزكاة ركن من أركان الإسلام وهذا الدليل يشرح حسابها.",
    ]

    static let purposes = ["chat", "summary", "translation", "draft", "search"]
    static let languages = ["en", "ar"]
}
