package dev.steward.domain.governance.desk;

import dev.steward.domain.onboarding.Disconnections;

/** All desks, put together. */
public record Desks(
    Office office,
    Notices notices,
    ApprovalDesk approvals,
    ChangeDesk changes,
    StepDesk steps,
    FindingDesk findings,
    WordDesk words,
    AccountDesk accounts,
    KillSwitch killSwitch,
    Judges judges) {
  public static Desks of(Office office) {
    Notices notices = new Notices(office);
    ApprovalDesk approvals = new ApprovalDesk(office, notices);
    FindingDesk findings = new FindingDesk(office);
    Judges judges = new Judges();
    StepDesk steps = new StepDesk(office);
    ChangeDesk changes = new ChangeDesk(office, approvals, notices, steps.kept(), judges);
    WordDesk words = new WordDesk(office, findings);
    return new Desks(
        office,
        notices,
        approvals,
        changes,
        steps,
        findings,
        words,
        new AccountDesk(new Disconnections(office.work(), office.clock()), changes, words),
        new KillSwitch(office),
        judges);
  }
}
