// Our TOML reader against smol-toml on tests/toml_corpus: same verdict, same values.
// usage: node compare.mjs DELIAN_TOML_JSON      (after `npm ci` in this directory)

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { TomlDate, parse } from "smol-toml";

const here = dirname(fileURLToPath(import.meta.url));
const corpus = join(here, "..", "toml_corpus");
const reader = "smol-toml";

// RFC 3339 text in one spelling; a JavaScript date keeps three digits of a fraction.
function moment(text) {
  return text
    .toUpperCase()
    .replace(" ", "T")
    .replace(/(:\d\d)(?:\.(\d+))?(?=$|[Z+-])/, (whole, seconds, fraction = "") =>
      `${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}`)
    .replace(/[+-]00:00$/, "Z");
}

function kindOfDate(date) {
  if (date.isDate()) return "date-local";
  if (date.isTime()) return "time-local";
  return date.isLocal() ? "datetime-local" : "datetime";
}

function tagged(value) {
  if (value instanceof TomlDate) {
    return { type: kindOfDate(value), value: moment(value.toISOString()) };
  }
  if (Array.isArray(value)) return value.map(tagged);
  switch (typeof value) {
    case "string": return { type: "string", value };
    case "boolean": return { type: "bool", value: String(value) };
    case "bigint": return { type: "integer", value: String(value) };
    case "number": return { type: "float", value };
    default:
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tagged(inner)]));
  }
}

function same(ours, theirs) {
  if (Array.isArray(ours) || Array.isArray(theirs)) {
    return Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length &&
      ours.every((element, index) => same(element, theirs[index]));
  }
  if (typeof ours.type === "string" && typeof ours.value === "string") {
    if (ours.type !== theirs.type) return false;
    if (ours.type === "float") {
      const number = ours.value.replace("inf", "Infinity").replace("nan", "NaN");
      return Object.is(Number(number), theirs.value);
    }
    const isMoment = ours.type.startsWith("date") || ours.type.startsWith("time");
    return (isMoment ? moment(ours.value) : ours.value) === theirs.value;
  }
  const keys = Object.keys(ours);
  return keys.length === Object.keys(theirs).length &&
    keys.every((key) => Object.hasOwn(theirs, key) && same(ours[key], theirs[key]));
}

function difference(ours) {
  let theirs;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(ours.file));
    theirs = parse(text, { integersAsBigInt: true });
  } catch (error) {
    return ours.valid ? `we accept, ${reader} refuses: ${error.message.split("\n")[0]}` : null;
  }
  if (!ours.valid) return `we refuse, ${reader} accepts`;
  return same(ours.value, tagged(theirs)) ? null : "values differ";
}

const files = ["invalid", "valid"].flatMap((folder) =>
  readdirSync(join(corpus, folder)).sort().map((name) => join(corpus, folder, name)));
const output = execFileSync(process.argv[2], files, { encoding: "utf8", maxBuffer: 1 << 26 });
const exceptions = JSON.parse(readFileSync(join(here, "exceptions.json"), "utf8"));
const lines = output.trimEnd().split("\n").map((line) => JSON.parse(line));
let failures = 0;
for (const line of lines) {
  const name = relative(corpus, line.file).replaceAll("\\", "/");
  const expected = exceptions[name]?.readers.includes(reader) ?? false;
  const found = difference(line);
  if (expected && !found) {
    failures += 1;
    console.log(`${name}: listed as an exception, yet ${reader} agrees`);
  } else if (found && !expected) {
    failures += 1;
    console.log(`${name}: ${found}`);
  }
}
console.log(`${lines.length} files compared with ${reader}, ${failures} unexplained differences`);
process.exit(failures > 0 || lines.length !== files.length ? 1 : 0);
