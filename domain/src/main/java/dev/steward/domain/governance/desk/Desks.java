package dev.steward.domain.governance.desk;

/** All desks, put together. */
public record Desks(
    Office office,
    Notices notices,
    ApprovalDesk approvals,
    ChangeDesk changes,
    StepDesk steps,
    FindingDesk findings,
    WordDesk words,
    KillSwitch killSwitch) {
  public static Desks of(Office office) {
    Notices notices = new Notices(office);
    ApprovalDesk approvals = new ApprovalDesk(office, notices);
    FindingDesk findings = new FindingDesk(office);
    return new Desks(
        office,
        notices,
        approvals,
        new ChangeDesk(office, approvals, notices),
        new StepDesk(office),
        findings,
        new WordDesk(office, findings),
        new KillSwitch(office));
  }
}
