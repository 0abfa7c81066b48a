// Validates what `delian power --json` prints against docs/schema/power-1.json, and shows that the
// schema refuses documents that are wrong.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Changes that make a good study a bad one. */
const mutations = {
  "another format": (s) => { s.format = "delian-power/2"; },
  "an unknown key": (s) => { s.surprise = 1; },
  "an unknown key below": (s) => { s.members[0].surprise = 1; },
  "no members": (s) => { s.members = []; },
  "power above 1": (s) => { s.members[0].shapley_shubik = 1.5; },
  "a count as text": (s) => { s.minimal_winning = "4,379,988"; },
  "an infinite number with bounds": (s) => { s.nakamura = { infinite: true, least: 3, most: 3 }; },
  "a method that is none": (s) => { s.method = "guess"; },
  "Owen without Banzhaf-Owen": (s) => {
    s.members[0].owen = 0.5;
    delete s.members[0].banzhaf_owen;
  },
  "coalitions of numbers": (s) => { s.coalitions = { kind: "winning", complete: true, list: [[1]] }; },
};

const sum = (values) => values.reduce((a, b) => a + b, 0);
const near = (a, b) => Math.abs(a - b) < 1e-9;

/** @returns {string[]} every problem found in the studies of these cases and of some bodies */
export function powerProblems(ajv, root, binary, scenarios) {
  const schema = JSON.parse(readFileSync(join(root, "docs/schema/power-1.json"), "utf8"));
  const valid = ajv.compile(schema);
  const problems = [];
  const expect = (holds, what) => {
    if (!holds) problems.push(`power: ${what}`);
  };
  const eu = ["--body", "eu", "--on", "2023-01-01"];
  const runs = scenarios.map((file) => [file]);
  runs.push(eu, [...eu, "--p-default", "0.9", "--list", "blocking"]);
  runs.push([...eu, "--union", "V4=PL,CZ,HU,SK", "--list", "winning", "--most", "2"]);
  runs.push(["--body", "unsc", "--on", "2023-01-01"], ["--body", "osce", "--on", "2023-01-01"]);
  for (const run of runs) {
    const name = run.join(" ");
    const done = spawnSync(binary, ["power", ...run, "--json", "-q"], { encoding: "utf8" });
    if (done.status !== 0) {
      expect(false, `${name}: exit ${done.status}: ${done.stderr}`);
      continue;
    }
    const study = JSON.parse(done.stdout);
    if (!valid(study)) {
      for (const e of valid.errors) expect(false, `${name}: ${e.instancePath || "/"} ${e.message}`);
      continue;
    }
    for (const index of ["shapley_shubik", "banzhaf_index"]) {
      expect(near(sum(study.members.map((m) => m[index])), 1), `${name}: ${index} is not 1 in all`);
    }
    for (const [what, mutate] of Object.entries(mutations)) {
      const wrong = structuredClone(study);
      mutate(wrong);
      expect(!valid(wrong), `${name}: the schema accepts ${what}`);
    }
  }
  return problems;
}
