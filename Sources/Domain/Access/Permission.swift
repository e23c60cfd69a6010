/// One thing somebody may do.
///
/// Raw values are bit positions in the database: append only.
package enum Permission: Int, CaseIterable, Hashable, Sendable {
    case platformTenantsRead = 0
    case platformTenantsManage = 1
    case platformUsersManage = 2
    case platformRolesManage = 3
    case platformSupportOpen = 4
    case platformAiManage = 5
    case platformJobsManage = 6
    case platformHealthRead = 7
    case platformAuditRead = 8
    case workspaceRead = 9
    case workspaceUpdate = 10
    case settingsManage = 11
    case storefrontManage = 12
    case workspaceDelete = 13
    case ownerManage = 14
    case memberRead = 15
    case memberInvite = 16
    case memberUpdateRole = 17
    case memberSuspend = 18
    case memberRemove = 19
    case roleRead = 20
    case roleManage = 21
    case apikeyRead = 22
    case apikeyManage = 23
    case billingRead = 24
    case billingManage = 25
    case quotaRead = 26
    case auditRead = 27
    case auditVerify = 28
    case auditExport = 29
    case auditStreamManage = 30
    case retentionManage = 31
    case complianceReport = 32
    case privacyExport = 33
    case privacyErase = 34
    case activityRead = 35
    case artifactRead = 36
    case artifactCreate = 37
    case artifactUpdate = 38
    case artifactDelete = 39
    case artifactRestore = 40
    case artifactPurge = 41
    case projectRead = 42
    case projectManage = 43
    case taskRead = 44
    case taskWrite = 45
    case taskDelete = 46
    case automationRead = 47
    case automationManage = 48
    case catalogRead = 49
    case catalogManage = 50
    case mediaRead = 51
    case mediaUpload = 52
    case mediaDelete = 53
    case orderRead = 54
    case orderManage = 55
    case orderRefund = 56
    case donationRead = 57
    case donationManage = 58
    case donationRefund = 59
    case pledgeRead = 60
    case pledgeManage = 61
    case pledgeRefund = 62
    case visitRead = 63
    case aiUse = 64
    case aiConversationRead = 65
    case aiUsageRead = 66
    case aiBudgetManage = 67
    case aiRouteManage = 68
    case aiPromptRead = 69
    case aiPromptManage = 70
    case contentRead = 71
    case contentWrite = 72
    case contentPublish = 73
    case contentSchedule = 74
    case brandManage = 75
    case exerciseWrite = 76
    case exerciseReadAll = 77
    case integrationManage = 78
    case webhookManage = 79
    case jobRead = 80
    case jobManage = 81
    case notificationSelf = 82
}

extension Permission: CustomStringConvertible {
    /// The name that people, keys and documents use: `artifact.read`.
    package var description: String {
        PermissionMatrix.names[rawValue]
    }
}
