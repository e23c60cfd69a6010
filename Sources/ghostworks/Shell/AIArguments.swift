import ArgumentParser
import Domain

extension Budget.Scope: ExpressibleByArgument {}
extension Budget.Metric: ExpressibleByArgument {}
extension Budget.Period: ExpressibleByArgument {}
extension BudgetPolicy.SoftAction: ExpressibleByArgument {}
extension BudgetPolicy.HardAction: ExpressibleByArgument {}
extension BudgetPolicy.LostAction: ExpressibleByArgument {}
extension CatalogueStatus: ExpressibleByArgument {}
extension AICall.State: ExpressibleByArgument {}
extension AICall.Channel: ExpressibleByArgument {}
extension ModelRoutePlan.Cache.Scope: ExpressibleByArgument {}
extension ModelRoutePlan.Disconnect: ExpressibleByArgument {}
