extension ArabicPhrases {
    /// Why something was refused, of people and of access.
    static let errors = """
        A legal hold forbids to erase this person here.
        حجز قانوني يمنع محو هذا الشخص هنا.
        An owner of the workspace can release it.
        يستطيع مالك مساحة العمل رفعه.
        A member with the role {role} stands too high.
        عضو بالدور {role} أعلى من أن يُمس.
        A reason is required to enter a tenant.
        يلزم سبب لدخول مستأجر.
        A second factor is set up already.
        العامل الثاني مُعَدّ أصلًا.
        Remove it first; that takes one of its codes.
        أزله أولًا؛ ويلزم لذلك أحد رموزه.
        All {n} seats of the plan are taken.
        كل مقاعد الخطة مشغولة وعددها {n}.
        All {n} artifacts of the plan are taken.
        كل وثائق الخطة مستعملة وعددها {n}.
        All {n} API keys of the plan are taken.
        كل مفاتيح الخطة مستعملة وعددها {n}.
        Not enough of the plan's {n} bytes of storage is left.
        لم يبق ما يكفي من تخزين الخطة وهو {n} بايت.
        Delete an artifact, or ask for a higher limit.
        احذف وثيقة، أو اطلب حدًّا أعلى.
        Delete an artifact, or move to the plan {plan}.
        احذف وثيقة، أو انتقل إلى الخطة {plan}.
        Revoke a key, or ask for a higher limit.
        أبطل مفتاحًا، أو اطلب حدًّا أعلى.
        Revoke a key, or move to the plan {plan}.
        أبطل مفتاحًا، أو انتقل إلى الخطة {plan}.
        Remove a member or revoke an invitation, or ask for a higher limit.
        أزل عضوًا أو أبطل دعوة، أو اطلب حدًّا أعلى.
        Remove a member or revoke an invitation, or move to the plan {plan}.
        أزل عضوًا أو أبطل دعوة، أو انتقل إلى الخطة {plan}.
        Allow writing for some minutes: :elevate 10m REASON
        اسمح بالكتابة لبضع دقائق: \u{200E}:elevate 10m REASON
        This console only reads.
        هذه الطرفية تقرأ فقط.
        An administrator must bring back the sealing key.
        على مدير النظام أن يعيد مفتاح الختم.
        The second factor cannot be read with this installation's keys.
        لا يُقرأ العامل الثاني بمفاتيح هذا التثبيت.
        An owner must approve the request.
        على مالك أن يوافق على الطلب.
        The request does not wait for an approval.
        الطلب لا ينتظر موافقة.
        Another prompt of this workspace has the name.
        لموجّه آخر في مساحة العمل هذا الاسم.
        Another role of this workspace has the name.
        لدور آخر في مساحة العمل هذا الاسم.
        Choose another one.
        اختر غيره.
        Another super-admin can.
        يستطيعه مدير عام آخر.
        You cannot disable yourself.
        لا يمكنك تعطيل نفسك.
        Ask again tomorrow.
        اطلب ثانية غدًا.
        There were five such requests in a day already.
        بلغت هذه الطلبات خمسة في يوم واحد.
        Ask another operator to take your role away first.
        اطلب من مشغّل آخر أن يسحب دورك أولًا.
        Operators need a second factor here.
        يلزم المشغّلين عامل ثانٍ هنا.
        Ask another operator.
        اطلب من مشغّل آخر.
        Who proposed a price cannot approve it.
        من اقترح سعرًا لا يوافق عليه.
        Ask for a new one.
        اطلب غيره جديدًا.
        Change it: its id is {id}.
        غيّرها: معرّفها {id}.
        There is a budget for this scope, metric and period.
        توجد ميزانية لهذا النطاق والمقياس والفترة.
        Check that the whole key was copied.
        تحقق من نسخ المفتاح كاملًا.
        The API key is not valid.
        مفتاح API غير صالح.
        Give them another role, or revoke the invitations, first.
        أعطهم دورًا آخر، أو أبطل الدعوات، أولًا.
        Members or pending invitations have the role.
        لأعضاء أو دعوات معلقة هذا الدور.
        Invalid input: {+problems}.
        مدخل غير صالح: {problems}.
        Invite the address anew.
        ادعُ العنوان من جديد.
        The invitation is not pending any more.
        لم تعد الدعوة معلقة.
        It may be over or taken back; ask the owner for a new one.
        ربما انتهت أو سُحبت؛ اطلب من المالك غيرها.
        The consent token does not hold for {tenant}.
        رمز الموافقة لا يسري على {tenant}.
        It was revoked, or who made it may no longer enter the workspace.
        أُبطل، أو لم يعد لمن أنشأه دخول مساحة العمل.
        The API key no longer works.
        لم يعد مفتاح API يعمل.
        The API key does not have the permission for this.
        ليس لمفتاح API صلاحية لهذا.
        The API key has expired.
        انتهت مدة مفتاح API.
        Leave it out, or ask somebody who holds it to make the key.
        احذفها، أو اطلب ممن يملكها أن ينشئ المفتاح.
        You cannot give a key what you do not hold yourself: {permissions}.
        لا يمكنك منح مفتاح ما لا تملكه: {permissions}.
        Load it again and repeat your change.
        حمّلها ثانية وأعد تغييرك.
        The artifact "{name}" is at version {now}, your change is of version {then}.
        الوثيقة «{name}» في النسخة {now}، وتغييرك للنسخة {then}.
        Look at it again before you change it.
        انظر إليه ثانية قبل أن تغيّره.
        Lower its limit, make a budget beside it, or ask for another plan.
        اخفض حدها، أو أنشئ ميزانية بجانبها، أو اطلب خطة أخرى.
        The plan's budget of tokens a month cannot be {verb}.
        ميزانية الخطة من الوحدات في الشهر لا تقبل ذلك: {verb}.
        Make a new one.
        أنشئ غيره.
        The API key "{name}" was revoked.
        أُبطل مفتاح API المسمى «{name}».
        The API key is at version {now}, not {then}.
        مفتاح API في النسخة {now} لا {then}.
        Make somebody else a super-admin without an end first.
        اجعل غيره مديرًا عامًا بلا نهاية أولًا.
        The platform would be left without a super-admin.
        ستبقى المنصة بلا مدير عام.
        Make somebody else an owner first.
        اجعل غيره مالكًا أولًا.
        The workspace would be left without an owner.
        ستبقى مساحة العمل بلا مالك.
        Make somebody else an owner there first, or close it.
        اجعل غيره مالكًا هناك أولًا، أو أغلقها.
        Make somebody else an owner there first, or suspend the tenant.
        اجعل غيره مالكًا هناك أولًا، أو علّق المستأجر.
        The person is the only owner of {tenants}.
        الشخص هو المالك الوحيد عند {tenants}.
        The person is the only owner of a workspace.
        الشخص هو المالك الوحيد لمساحة عمل.
        The person goes on joining workspaces and was not erased.
        يواصل الشخص الانضمام إلى مساحات عمل ولم يُمحَ.
        Try again; what they have left stays left.
        حاول مرة أخرى؛ ما غادره يبقى مغادَرًا.
        The person has been erased.
        مُحي الشخص.
        The person is an operator of the platform.
        الشخص مشغّل على المنصة.
        Take the platform role away first.
        اسحب دور المنصة أولًا.
        No file for the editor can be made in {folder}.
        لا يمكن إنشاء ملف للمحرر في {folder}.
        No file is open under {path}.
        لا ملف مفتوح باسم {path}.
        The editor {name} ended with code {code}; nothing was changed.
        انتهى المحرر {name} بالرمز {code}؛ لم يتغير شيء.
        The pager {name} cannot be started.
        لا يمكن تشغيل العارض {name}.
        Set EDITOR to another one.
        اضبط EDITOR على غيره.
        Set PAGER to another one.
        اضبط PAGER على غيره.
        No second factor is set up.
        لا عامل ثانيًا مُعَدّ.
        Set one up first.
        أعِدّ واحدًا أولًا.
        No {*noun} "{name}" exists.
        لا يوجد «{name}» ({noun}).
        Nobody can sign in right now.
        لا يمكن لأحد الدخول الآن.
        Too many people are signing in.
        يدخل الآن أناس كثيرون.
        There were too many tries.
        كانت المحاولات كثيرة جدًا.
        Too many requests.
        الطلبات كثيرة جدًا.
        Try again in {#n} second.
        حاول ثانية بعد {n} ثانية.
        Try again in {#n} seconds.
        حاول ثانية بعد {n} ثانية.
        Nobody with a role on the platform can be brought in from a support session.
        لا يُدخَل من له دور على المنصة من جلسة دعم.
        Only a super admin can open a support session that writes.
        المدير العام وحده يفتح جلسة دعم تكتب.
        Only an owner can decide about support sessions.
        المالك وحده يقرر في جلسات الدعم.
        Open a read-only session, or ask the owner for a consent token.
        افتح جلسة للقراءة فقط، أو اطلب من المالك رمز موافقة.
        The owner of {tenant} has not consented to writing support sessions.
        لم يوافق مالك {tenant} على جلسات دعم تكتب.
        Only reading is allowed now.
        القراءة وحدها مسموحة الآن.
        This support session may only read.
        جلسة الدعم هذه تقرأ فقط.
        Only who made a key can give it another secret, end or rate.
        من أنشأ المفتاح وحده يغيّر سره أو نهايته أو معدله.
        Revoke it, and make one of your own.
        أبطله، وأنشئ مفتاحًا لك.
        Ownership can only go to an active member of the workspace.
        لا تنتقل الملكية إلا إلى عضو نشط في مساحة العمل.
        Restore it first.
        استعدها أولًا.
        The artifact "{name}" is deleted.
        الوثيقة «{name}» محذوفة.
        The artifact "{name}" is not deleted.
        الوثيقة «{name}» غير محذوفة.
        Send the invitation again, or revoke it first.
        أعد إرسال الدعوة، أو أبطلها أولًا.
        The address has been invited already.
        دُعي هذا العنوان من قبل.
        The address was sent an invitation a moment ago.
        أُرسلت إلى العنوان دعوة قبل لحظات.
        The address was sent {#n} invitations today.
        أُرسلت إلى العنوان دعوات اليوم عددها {n}.
        Send the next one in {#n} minute.
        أرسل التالية بعد {n} دقيقة.
        Send the next one in {#n} minutes.
        أرسل التالية بعد {n} دقيقة.
        Send the next one tomorrow; days are those of UTC.
        أرسل التالية غدًا؛ الأيام بتوقيت UTC.
        Several words in a row are hard to guess and easy to keep in mind.
        عدة كلمات متتالية صعبة التخمين سهلة الحفظ.
        """
}
