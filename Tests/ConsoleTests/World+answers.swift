import Domain

@testable import Console

extension World {
    static func page<Item>(_ items: [Item]) -> Page<Item> {
        Page(items: items, next: nil, hasPrevious: false)
    }

    /// What every request gets that no test answers itself.
    static func answer(_ request: ConsoleRequest) -> ConsoleAnswer {
        switch request {
        case .access(.probe): .done
        case .access: .identity(identity(.superAdmin))
        case .platform(.workspaces, let caller):
            .workspaces(caller.user == ada.id ? [] : workspaces)
        case .platform(let request, _): answer(request)
        case .tenant(let request, _): answer(request)
        case .file(let request): .file(path(of: request))
        }
    }

    private static func path(of request: FileRequest) -> String {
        switch request {
        case .scratch: "/tmp/ghostworks-list.txt"
        case .begin(let path), .append(let path, _), .finish(let path), .discard(let path): path
        }
    }

    private static func answer(_ request: PlatformRequest) -> ConsoleAnswer {
        var changed = tenant
        switch request {
        case .overview: return .overview(overview)
        case .highlights: return .highlights(highlights)
        case .tenants: return .tenants(page(tenants))
        case .resolve, .tenant, .changePlan, .changeQuota: return .tenantDetail(detail)
        case .provision, .resumeTenant: return .tenant(tenant)
        case .suspend:
            changed.status = .suspended
            return .tenant(changed)
        case .openSupport(_, let wish):
            return .supportSession(support(wish.mode, minutes: Int64(wish.minutes)))
        case .sessions: return .sessions(page(sessions))
        case .endOtherSessions: return .ended(2)
        case .rename(_, let name):
            changed.name = name
            return .tenant(changed)
        case .people(let request): return .directory(answer(request))
        case .stays: return .directory(.stays(page(stays)))
        case .personal(let request): return .privacy(answer(request))
        case .prices(let request): return .prices(answer(request))
        case .jobs(let request): return .jobs(answer(request))
        case .audit(let request): return answer(request, highlights.events)
        default: return .done
        }
    }

    static let ownProfile = OwnProfile(
        name: ada.name,
        timeZone: "Asia/Tokyo",
        zone: Zone(minutesEast: 540, identifier: "Asia/Tokyo"),
        version: 3
    )

    private static func answer(_ request: PeopleRequest) -> PeopleAnswer {
        var account = accounts[1]
        switch request {
        case .list: return .accounts(page(accounts))
        case .find: return .detail(accountDetail)
        case .sessions: return .sessions(page(accountSessions))
        case .attempts: return .attempts(page(attempts))
        case .own: return .own(ownProfile)
        case .changeOwn(let edit, _):
            var profile = ownProfile
            profile.name = edit.name ?? profile.name
            profile.timeZone = edit.timeZone?.nonBlank
            profile.zone = profile.timeZone == nil ? nil : ownProfile.zone
            return .own(profile)
        case .zones:
            return .zones([
                TimeZoneChoice(name: "Asia/Kuwait", minutesEast: 180),
                TimeZoneChoice(name: "Asia/Tokyo", minutesEast: 540),
                TimeZoneChoice(name: "UTC", minutesEast: 0),
            ])
        case .update(_, let edit, _):
            account.user.name = edit.name ?? account.user.name
            return .account(account)
        case .disable:
            account.status = .disabled
            return .account(account)
        case .enable: return .account(account)
        case .endSessions: return .ended(2)
        case .grants: return .grants(page(platformGrants))
        case .grant: return .grant(platformGrants[0])
        case .revoke: return .done
        }
    }

    private static func answer(_ request: ConsentRequests) -> PeopleAnswer {
        switch request {
        case .stays: .stays(page(stays))
        case .list: .consents(page(consents))
        case .give:
            .given(GivenConsent(consent: consents[0], token: "gwc_0_token"))
        case .revoke: .done
        case .standing: .tenant(tenant)
        }
    }

    private static func answer(_ request: TenantRequest) -> ConsoleAnswer {
        switch request {
        case .workspace: .tenantDetail(detail)
        case .members(let request): answer(request)
        case .roles(let request): answer(request)
        case .invitations(let request): answer(request)
        case .grants(let request): answer(request)
        case .artifacts(let request): answer(request)
        case .budgets: .budgets(budgets)
        case .usage(let grouping, _, _): .usage(usage(grouping))
        case .audit(let request): answer(request, events)
        case .keys(let request): answer(request)
        case .consents(let request): .directory(answer(request))
        case .ai(let request): .ai(answer(request))
        case .privacy(let request): .privacy(answer(request))
        }
    }

    private static func answer(_ request: AuditRequest, _ events: [AuditEvent]) -> ConsoleAnswer {
        switch request {
        case .list, .take: .auditEvents(page(events))
        case .verify:
            .verdict(ChainVerdict(checked: 40, lastHash: events[0].links.hash, fault: nil))
        case .wait(let seq): .auditHead(seq)
        case .export(let wish): .exported(ExportedFile(path: wish.path, rows: 40))
        case .people(let ids): .people(people.filter { ids.contains($0.key) })
        }
    }

    private static func answer(_ request: MemberRequest) -> ConsoleAnswer {
        switch request {
        case .list: return .members(page(members))
        case .people(let ids): return .people(people.filter { ids.contains($0.key) })
        case .add: return .member(members[3])
        case .change(_, let edit, _):
            var member = members[1]
            if let role = edit.role { member.role = World.role(role) }
            if let status = edit.status { member.status = status }
            return .member(member)
        case .transfer(let heir, _):
            var member = members.first { $0.user == heir } ?? members[1]
            member.role = .owner
            return .member(member)
        case .remove, .leave: return .done
        }
    }

    static func role(_ name: RoleName) -> MemberRole {
        if case .system(let role) = name { return .system(role) }
        return roles.map(\.role).first { RoleName($0) == name } ?? .guest
    }

    private static func answer(_ request: RoleRequest) -> ConsoleAnswer {
        switch request {
        case .list: return .roles(roles)
        case .create(let draft):
            let role = CustomRole(
                id: id(60),
                name: draft.name,
                rank: draft.rank,
                permissions: draft.permissions
            )
            return .role(TenantRole(role: .custom(role), members: 0, version: 1))
        case .edit(_, let edit, let version):
            var changed = roles[7]
            if case .custom(var role) = changed.role {
                role.name = edit.name ?? role.name
                role.rank = edit.rank ?? role.rank
                role.permissions = edit.permissions ?? role.permissions
                changed.role = .custom(role)
            }
            changed.version = (version ?? 0) + 1
            return .role(changed)
        case .delete: return .done
        }
    }

    private static func answer(_ request: InvitationRequest) -> ConsoleAnswer {
        switch request {
        case .list(let status, _):
            .invitations(page(invitations.filter { status == nil || $0.status == status }))
        case .invite, .resend: .invitation(invitations[0])
        case .revoke: .done
        }
    }

    private static func answer(_ request: GrantRequest) -> ConsoleAnswer {
        switch request {
        case .list: .grants(page(grants))
        case .give: .grant(grants[0])
        case .take: .done
        }
    }

    private static func answer(_ request: ArtifactRequest) -> ConsoleAnswer {
        switch request {
        case .list: return .artifacts(ArtifactPage(page: page(artifacts), ranked: false))
        case .find, .restore: return .artifact(artifacts[0])
        case .revisions: return .revisions(page(revisions))
        case .names(let ids):
            return .artifactNames(
                Dictionary(uniqueKeysWithValues: ids.map { ($0, artifacts[0].name) })
            )
        case .create(let draft, _):
            var made = artifacts[0]
            made.name = draft.name
            made.version = 1
            return .artifact(made)
        case .update(_, let edit, let version):
            var changed = artifacts[0]
            changed.name = edit.name ?? changed.name
            changed.version = version + 1
            return .artifact(changed)
        case .delete: return .done
        }
    }
}
