// Validates what `delian score --json` and `delian calibrate --json` print against their schemas, and
// shows that the schemas refuse documents that are wrong.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Changes that make good scores bad ones. */
const scoreMutations = {
  "another format": (s) => { s.format = "delian-score/2"; },
  "a third kind": (s) => { s.kind = "guesses"; },
  "an unknown key": (s) => { s.surprise = 1; },
  "no cases": (s) => { s.cases = []; },
  "a forecast without an outcome": (s) => { delete s.cases[0].model.late; },
  "an outcome by its letter": (s) => { s.cases[0].outcome = "A"; },
  "a probability above 1": (s) => { s.cases[0].base_rates.weakened = 1.2; },
  "a negative score": (s) => { s.scores[0].brier_agreement.score = -0.1; },
  "a difference without its interval": (s) => { delete s.scores[0].brier_agreement.worse_by.low; },
};

const calibrationMutations = {
  "another format": (c) => { c.format = "delian-calibration/2"; },
  "an unknown key": (c) => { c.surprise = 1; },
  "no parameters": (c) => { c.parameters = {}; },
  "a parameter without its prior": (c) => { delete c.parameters.tau.prior; },
  "a value as text": (c) => { c.parameters.tau.value = "0.02"; },
};

const sum = (values) => Object.values(values).reduce((a, b) => a + b, 0);

/** @returns {string[]} every problem found in the scores and the calibration of some cases */
export function scoreProblems(ajv, root, binary) {
  const problems = [];
  const expect = (holds, what) => {
    if (!holds) problems.push(`score: ${what}`);
  };
  const schema = (name) =>
    ajv.compile(JSON.parse(readFileSync(join(root, `docs/schema/${name}.json`), "utf8")));
  const folder = join(root, "catalog/nato-consensus");
  const files = ["aegean-mission-2016", "china-wording-2021", "macedonia-invitation-2008",
    "libya-command-2011"].map((name) => join(folder, `${name}.toml`));

  const check = (run, valid, mutations) => {
    const name = run[0] + (run.includes("--shipped") ? " --shipped" : "");
    const done = spawnSync(binary, [...run, ...files, "--json", "-q", "--draws", "128"],
                           { encoding: "utf8" });
    if (done.status !== 0) {
      expect(false, `${name}: exit ${done.status}: ${done.stderr}`);
      return null;
    }
    const document = JSON.parse(done.stdout);
    if (!valid(document)) {
      for (const e of valid.errors) expect(false, `${name}: ${e.instancePath || "/"} ${e.message}`);
      return null;
    }
    for (const [what, mutate] of Object.entries(mutations)) {
      const wrong = structuredClone(document);
      mutate(wrong);
      expect(!valid(wrong), `${name}: the schema accepts ${what}`);
    }
    return document;
  };

  const scores = schema("score-1");
  for (const run of [["score"], ["score", "--shipped"]]) {
    const scored = check(run, scores, scoreMutations);
    for (const one of scored?.cases ?? []) {
      for (const forecaster of ["model", "rule_of_thumb", "base_rates"]) {
        expect(Math.abs(sum(one[forecaster]) - 1) < 1e-9, `${one.id}: ${forecaster} is not 1 in all`);
      }
    }
  }
  check(["calibrate"], schema("calibration-1"), calibrationMutations);
  return problems;
}
