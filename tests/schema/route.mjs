// Validates what `delian route --json` prints against docs/schema/route-1.json, and shows that the
// schema refuses documents that are wrong.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const runs = [
  ["portsmouth", "yokosuka"],
  ["Portsmouth", "35.0N,139.9W", "--via", "good-hope", "--via", "sydney", "--speed", "12.5"],
  ["toulon", "yokosuka", "--close", "suez,malacca", "--class", "carrier"],
  ["sydney", "rotterdam", "--via", "good-hope", "--max-latitude-south", "45"],
  ["rotterdam", "yokosuka", "--open", "northern-sea-route", "--lang", "fr"],
  ["ras-tanura", "rotterdam", "--close", "hormuz"],
  ["piraeus", "odesa", "--class", "amphibious"],
  ["punta-arenas", "sydney", "--max-latitude-south", "50"],
];

/** Changes that make a good route a bad one. */
const mutations = {
  "another format": (r) => { r.format = "delian-route/2"; },
  "an unknown key": (r) => { r.surprise = 1; },
  "an unknown key below": (r) => { r.conditions.surprise = 1; },
  "a place without its position": (r) => { delete r.to.latitude; },
  "a latitude beyond the pole": (r) => { r.from.latitude = 91; },
  "a stop that is a name": (r) => { r.via = ["suez"]; },
  "no speed": (r) => { r.speed_kn = 0; },
  "a limit as text": (r) => { r.conditions.max_latitude_south = "45"; },
  "an id with blanks": (r) => { r.cannot_be_passed = [{ gate: "Suez Canal", reason: "closed" }]; },
  "a reason that is none": (r) => { r.cannot_be_passed = [{ gate: "suez", reason: "pirates" }]; },
  "a measure without metres": (r) => { r.cannot_be_passed = [{ gate: "suez", reason: "measure" }]; },
  "a route and none": (r) => {
    if (r.route === null) r.route = r.without_conditions ?? { distance_nm: 1 };
    else r.no_route = { latitude_limit: false, together: false, barriers: [] };
  },
  "neither a route nor a reason": (r) => { r.route = null; delete r.no_route; },
  "a negative distance": (r) => { if (r.route) r.route.distance_nm = -1; else r.route = -1; },
};

/** @returns {string[]} every problem found in the routes */
export function routeProblems(ajv, root, binary) {
  const schema = JSON.parse(readFileSync(join(root, "docs/schema/route-1.json"), "utf8"));
  const valid = ajv.compile(schema);
  const problems = [];
  const expect = (holds, what) => {
    if (!holds) problems.push(`route: ${what}`);
  };
  const seen = new Set();
  for (const run of runs) {
    const name = run.join(" ");
    const done = spawnSync(binary, ["route", ...run, "--json"], { encoding: "utf8" });
    if (done.status !== 0) {
      expect(false, `${name}: exit ${done.status}: ${done.stderr}`);
      continue;
    }
    const answer = JSON.parse(done.stdout);
    if (!valid(answer)) {
      for (const e of valid.errors) expect(false, `${name}: ${e.instancePath || "/"} ${e.message}`);
      continue;
    }
    seen.add(answer.route === null ? "none" : "route");
    for (const bar of answer.cannot_be_passed) seen.add(bar.reason);
    if (answer.route) {
      const { track, distance_nm, gates } = answer.route;
      const miles = track.map((p) => p.nm);
      expect(miles[0] === 0 && miles.at(-1) === distance_nm, `${name}: track and distance`);
      expect(miles.every((nm, k) => k === 0 || nm >= miles[k - 1]), `${name}: track in order`);
      const lost = gates.reduce((sum, gate) => sum + gate.lost_hours, 0);
      expect(lost === answer.route.lost_hours, `${name}: hours lost`);
    }
    for (const [what, mutate] of Object.entries(mutations)) {
      const wrong = structuredClone(answer);
      mutate(wrong);
      expect(!valid(wrong), `${name}: the schema accepts ${what}`);
    }
  }
  for (const kind of ["none", "route", "closed", "shut_unless_opened", "measure", "law"]) {
    expect(seen.has(kind), `no run shows "${kind}"`);
  }
  return problems;
}
