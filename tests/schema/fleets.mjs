// Validates what `delian fleets --json` prints against docs/schema/fleets-1.json, and shows that the
// schema refuses documents that are wrong.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const runs = [
  [],
  ["GB", "France", "CA"],
  ["--goals", "--lang", "fr"],
  ["DE", "--forces", "--deployments"],
  ["US", "--costs", "--memory"],
];

/** Changes that make a good document a bad one. */
const mutations = {
  "another format": (f) => { f.format = "delian-fleets/2"; },
  "an unknown key": (f) => { f.surprise = 1; },
  "a navy without its counts": (f) => { delete f.navies[0].counts; },
  "a kind left out of the counts": (f) => { delete f.navies[0].counts.frigate; },
  "an unknown kind": (f) => { f.navies[0].hulls[0].kind = "battleship"; },
  "ships as a text": (f) => { f.navies[0].hulls[0].count.likely = "2"; },
  "a count without its range": (f) => { delete f.navies[0].hulls[0].count.low; },
  "an unknown way of basing": (f) => { f.navies[0].hulls[0].basing = "afar"; },
  "a cell without a source": (f) => { f.navies[0].hulls[0].source = ""; },
  "a grade that is none": (f) => { f.navies[0].figures[0].grade = "G1"; },
  "a port with blanks": (f) => { f.navies[0].ports = ["Pearl Harbor"]; },
  "a date that is none": (f) => { f.theatres[0].deployments[0].left = "May 2021"; },
  "a deployment without ships": (f) => { f.theatres[0].deployments[0].units = {}; },
  "half a ship": (f) => { f.theatres[0].deployments[0].units.frigate = 0.5; },
  "a goal with two measures": (f) => { Object.assign(f.theatres[0].goals[0], { all_year: true, every_years: 2 }); },
  "a goal without a measure": (f) => { Object.assign(f.theatres[0].goals[0], { all_year: false, every_years: null }); },
  "a force without a state": (f) => { delete f.theatres[0].forces[0].state; },
  "a negative cost": (f) => { f.costs[0].million_usd.low = -1; },
  "a cell of memory without its file": (f) => { delete f.memory.cells[0].file; },
};

/** @returns {string[]} every problem found in the documents */
export function fleetsProblems(ajv, root, binary) {
  const schema = JSON.parse(readFileSync(join(root, "docs/schema/fleets-1.json"), "utf8"));
  const valid = ajv.compile(schema);
  const problems = [];
  const expect = (holds, what) => {
    if (!holds) problems.push(`fleets: ${what}`);
  };
  for (const run of runs) {
    const name = run.join(" ") || "all";
    const done = spawnSync(binary, ["fleets", ...run, "--json"],
                           { encoding: "utf8", maxBuffer: 1 << 26 });
    if (done.status !== 0) {
      expect(false, `${name}: exit ${done.status}: ${done.stderr}`);
      continue;
    }
    const facts = JSON.parse(done.stdout);
    if (!valid(facts)) {
      for (const e of valid.errors) expect(false, `${name}: ${e.instancePath || "/"} ${e.message}`);
      continue;
    }
    if (run.some((word) => word.startsWith("--"))) continue;
    for (const [what, mutate] of Object.entries(mutations)) {
      const wrong = structuredClone(facts);
      wrong.navies = wrong.navies.filter((navy) => navy.hulls.length > 0);
      mutate(wrong);
      expect(!valid(wrong), `${name}: the schema accepts ${what}`);
    }
  }
  return problems;
}
