/** The kinds of events, in words, and which of them bear on control. */
export const CONTROL_KINDS: ReadonlySet<string> = new Set(["capture", "withdrawal", "handover", "hold"]);

/** How a verdict reads. */
export const VERDICTS: Readonly<Record<string, string>> = {
  unchecked: "not checked", accepted: "accepted", corrected: "corrected", rejected: "rejected", disputed: "disputed",
};

/** How the basis of a date reads. */
export const BASES: Readonly<Record<string, string>> = {
  explicit: "stated", relative: "counted from another date", inherited: "inherited from the sentences before",
  bounded: "only bounded", undated: "none",
};

/** How the role of a place reads. */
export const ROLES: Readonly<Record<string, string>> = {
  object: "", source: "from there", direction: "towards it", near: "near it", "part-of": "it is part of",
  via: "by way of it", except: "except it",
};
