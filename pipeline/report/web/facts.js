// The facts of `pipeline/report/facts.py`, as columns of typed arrays.

const NONE = -2147483648; // null in columns of days
const NOTHING = -1; // null in columns of positions
const DAY = 86400000;

async function unpack(id) {
  const block = document.getElementById(id);
  const letters = atob(block.textContent);
  block.remove();
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const DAYS = new Set(["day", "end", "told"]);
const PLAIN = new Set(["currencies"]);

function readFacts(content) {
  const incidents = {};
  for (const [name, values] of Object.entries(content.incidents)) {
    if (PLAIN.has(name)) incidents[name] = values;
    else if (DAYS.has(name)) incidents[name] = Int32Array.from(values, (value) => value ?? NONE);
    else if (values.some((value) => value === null)) incidents[name] = Float64Array.from(values, (value) => value ?? NaN);
    else incidents[name] = values.some((value) => !Number.isInteger(value)) ? Float64Array.from(values) : Int32Array.from(values);
  }
  const parts = Object.fromEntries(Object.entries(content.parts).map(([name, values]) => [name, Int32Array.from(values)]));
  const count = incidents.type.length;
  const families = new Map();
  for (let i = 0; i < count; i += 1) {
    const parent = incidents.parent[i];
    if (parent !== NOTHING) families.set(parent, [...(families.get(parent) ?? []), i]);
  }
  const facts = { ...content, incidents, parts, count, families };
  const coverage = { ...content.coverage, published: ends(content.coverage.day.filter((day) => day !== null)) };
  return { ...facts, coverage, span: ends(incidents.day.filter((_, i) => incidents.dated[i])) };
}

// The first and the last of some days.
function ends(days) {
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return first <= last ? [first, last] : [NONE, NONE];
}

const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (text) => (text ? Math.round(Date.parse(`${text}T00:00:00Z`) / DAY) : NaN);
