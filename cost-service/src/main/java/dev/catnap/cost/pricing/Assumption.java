package dev.catnap.cost.pricing;

/** What was assumed where a quantity was not simply measured; goes with every line. */
public enum Assumption {
  AWAKE_MEASURED("awake: the larger of reserved and measured"),
  AWAKE_AS_EARLIER(
      "awake, not measured in this hour: the larger of reserved and the mean of its last measured"
          + " hours awake (up to 168)"),
  AWAKE_RESERVED("never measured awake: what is reserved, 0 where nothing is"),
  ASLEEP_NO_CPU("asleep: no CPU"),
  ASLEEP_RESIDENT("asleep: resident memory as measured"),
  ASLEEP_NOT_MEASURED("asleep, memory not measured: as when awake, nothing credited"),
  STOPPED_STORAGE_ONLY("stopped: storage only"),
  STORAGE_MEASURED("storage: the larger of reserved and measured"),
  STORAGE_UNKNOWN("storage not known: counted as 0"),
  OTHER_AS_RUNNING("on the way, failed or unknown: priced as running"),
  NETWORK_MEASURED("network as measured, the same in the baseline"),
  SPOT_RATE("at a spot rate, which can change at any time"),
  STORAGE_AS_EARLIER(
      "storage, not measured in this hour: the larger of reserved and what was measured last"),
  STORAGE_RESERVED("storage never measured: what is reserved");

  private final String text;

  Assumption(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
