// Validates what `delian run --json` prints for every worked case against docs/schema/answer-1.json,
// and shows that the schema refuses documents that are wrong.
//   node validate.mjs DELIAN

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fleetsProblems } from "./fleets.mjs";
import { powerProblems } from "./power.mjs";
import { presenceProblems } from "./presence.mjs";
import { routeProblems } from "./route.mjs";
import { scoreProblems } from "./score.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const binary = process.argv[2];
if (!binary) {
  console.error("usage: node validate.mjs DELIAN");
  process.exit(3);
}

const schema = JSON.parse(readFileSync(join(root, "docs/schema/answer-1.json"), "utf8"));
const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addSchema(JSON.parse(readFileSync(join(root, "docs/schema/presence-1.json"), "utf8")));
const valid = ajv.compile(schema);

const problems = [];
function expect(holds, what) {
  if (!holds) problems.push(what);
}

const sum = (values) => Object.values(values).reduce((a, b) => a + b, 0);
const near = (a, b) => Math.abs(a - b) < 1e-9;

/** What a schema cannot say. */
function checkSums(name, answer) {
  expect(near(sum(answer.outcomes), 1), `${name}: outcomes do not sum to 1`);
  for (const [which, outcomes] of Object.entries(answer.equilibria)) {
    expect(near(sum(outcomes), 1), `${name}: equilibria.${which} does not sum to 1`);
  }
  expect(near(sum(answer.weakened_by), answer.outcomes.weakened), `${name}: weakened_by`);
  expect(near(answer.agreed_as_drafted.p, answer.outcomes.as_drafted), `${name}: headline`);
  expect(near(answer.some_agreement.p, 1 - answer.outcomes.not_adopted), `${name}: some_agreement`);
  expect(near(sum(answer.adopted_in_month), answer.some_agreement.p), `${name}: adopted_in_month`);
  const texts = answer.agreed_text.map((t) => t.p);
  expect(texts.length === 0 || near(sum(texts), 1), `${name}: agreed_text does not sum to 1`);
  for (const issue of answer.landing.issues) {
    expect(near(sum(issue.distribution), 1), `${name}: landing of ${issue.id} does not sum to 1`);
    expect(issue.within.length === 1, `${name}: the range asked for`);
  }
  expect(answer.blockers.length === answer.question.members, `${name}: one blocker per member`);
}

/** Changes that make a good answer a bad one. */
const mutations = {
  "another format": (a) => { a.format = "delian-answer/2"; },
  "an unknown key": (a) => { a.surprise = 1; },
  "an unknown key below": (a) => { a.confidence.surprise = 1; },
  "no outcomes": (a) => { delete a.outcomes; },
  "a word without its number": (a) => { delete a.agreed_as_drafted.p; },
  "a probability above 1": (a) => { a.outcomes.late = 1.5; },
  "a probability as text": (a) => { a.some_agreement.p = "0.5"; },
  "a hash that is none": (a) => { a.provenance.scenario_hash = "sha256:beef"; },
  "a third procedure": (a) => { a.procedure = "lottery"; },
  "a landing of a hundred points": (a) => { a.landing.issues[0].distribution.pop(); },
  "a model beyond the scale": (a) => { a.landing.issues[0].models[0].q50 = 101; },
  "ships of a state by its name": (a) => { if (a.presence) a.presence.states[0].state = "France"; else a.presence = 1; },
  "a member code of three letters": (a) => { a.blockers[0].member = "FRA"; },
};

const folder = join(root, "scenarios");
const cases = readdirSync(folder).filter((c) => existsSync(join(folder, c, "scenario.toml"))).sort();
expect(cases.length > 0, "no scenario found");
for (const name of cases) {
  const file = join(folder, name, "scenario.toml");
  const run = ["run", file, "--json", "--quiet", "--draws", "2000", "--within", "40:70"];
  const done = spawnSync(binary, run, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0) {
    const reason = done.stderr?.split("\n").find((line) => line.includes("error")) ?? done.error;
    problems.push(`${name}: exit ${done.status}: ${reason}`);
    continue;
  }
  const answer = JSON.parse(done.stdout);
  if (!valid(answer)) {
    for (const e of valid.errors) problems.push(`${name}: ${e.instancePath || "/"} ${e.message}`);
    continue;
  }
  checkSums(name, answer);
  for (const [what, mutate] of Object.entries(mutations)) {
    const wrong = structuredClone(answer);
    mutate(wrong);
    expect(!valid(wrong), `${name}: the schema accepts ${what}`);
  }
}

const files = cases.map((name) => join(folder, name, "scenario.toml"));
problems.push(...fleetsProblems(ajv, root, binary));
problems.push(...powerProblems(ajv, root, binary, files));
problems.push(...presenceProblems(ajv, root, binary));
problems.push(...routeProblems(ajv, root, binary));
problems.push(...scoreProblems(ajv, root, binary));

for (const problem of problems) console.log(problem);
console.log(`schema: ${cases.length} answers, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
