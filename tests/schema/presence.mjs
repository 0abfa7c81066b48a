// Validates what `delian presence --json` prints against docs/schema/presence-1.json, and shows that
// the schema refuses documents that are wrong.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Changes that make a good study a bad one. */
const mutations = {
  "another format": (s) => { s.format = "delian-presence/2"; },
  "an unknown key": (s) => { s.surprise = 1; },
  "an unknown key below": (s) => { s.presence.states[0].surprise = 1; },
  "fewer than no ships": (s) => { s.presence.states[0].on_station.median = -1; },
  "a limit that is none": (s) => { s.presence.states[0].limit = "weather"; },
  "a state by its name": (s) => { s.presence.states[0].state = "France"; },
  "a chance above 1": (s) => { s.presence.given_agreement.chance = 1.5; },
  "a schedule without its sailings": (s) => { delete s.presence.cover; delete s.cover.states[0].sailings; },
  "a band without its end": (s) => { delete s.presence.members.escorts.high; },
};

/** @returns {string[]} every problem found in the study of the case that has a theatre */
export function presenceProblems(ajv, root, binary) {
  const schema = JSON.parse(readFileSync(join(root, "docs/schema/presence-1.json"), "utf8"));
  const valid = ajv.getSchema(schema.$id);
  const file = join(root, "scenarios/nato-tokyo-2023/scenario.toml");
  const done = spawnSync(binary, ["presence", file, "--json", "-q", "--draws", "64", "--keep", "9"],
                         { encoding: "utf8" });
  if (done.status !== 0) return [`presence: exit ${done.status}: ${done.stderr}`];
  const study = JSON.parse(done.stdout);
  if (!valid(study)) {
    return valid.errors.map((e) => `presence: ${e.instancePath || "/"} ${e.message}`);
  }
  const problems = [];
  for (const [what, mutate] of Object.entries(mutations)) {
    const wrong = structuredClone(study);
    mutate(wrong);
    if (valid(wrong)) problems.push(`presence: the schema accepts ${what}`);
  }
  return problems;
}
