// The table of events: it filters with everything else, sorts, searches, and opens each event's sentences.

const PAGE_ROWS = 25;

function makeIncidents(facts) {
  const state = { page: 0, sort: "date", down: true, search: "", open: new Set(), loose: true };
  let selection = null;
  const section = document.getElementById("incidents");
  const search = element("input", { type: "search", placeholder: "names and places", autocomplete: "off", spellcheck: "false" });
  const loose = element("input", { type: "checkbox", checked: "" });
  const body = element("tbody");
  const heads = COLUMNS.map((column) => {
    const head = element("th", { scope: "col" }, column.value ? element("button", { type: "button" }, column.label) : element("span", { class: "hidden" }, column.label));
    head.querySelector("button")?.addEventListener("click", () => {
      state.down = state.sort === column.name ? !state.down : column.down;
      state.sort = column.name;
      state.page = 0;
      draw();
    });
    return head;
  });
  const status = element("p", { role: "status", class: "quiet" });
  const back = element("button", { type: "button" }, "Earlier page");
  const on = element("button", { type: "button" }, "Next page");
  const turn = (by) => () => {
    state.page += by;
    draw();
  };
  back.addEventListener("click", turn(-1));
  on.addEventListener("click", turn(1));
  search.addEventListener("input", () => {
    state.search = search.value.trim().toLowerCase();
    state.page = 0;
    draw();
  });
  loose.addEventListener("change", () => {
    state.loose = loose.checked;
    state.page = 0;
    draw();
  });
  section.append(
    element("div", { class: "controls" }, element("label", {}, "Search ", search), element("label", {}, loose, " also events without a day of their own, told as a habit or a total, or counted by their parts")),
    element("div", { class: "scroll table", role: "region", tabindex: 0, "aria-label": "Events" }, element("table", { class: "events" }, element("thead", {}, element("tr", {}, ...heads)), body)),
    element("div", { class: "pages" }, back, status, on));

  function draw() {
    const rows = sorted(facts, searched(facts, state.loose ? selection.listed : selection.counted, state.search), state);
    const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const start = state.page * PAGE_ROWS;
    const shown = [...rows.subarray(start, start + PAGE_ROWS)];
    body.replaceChildren(...shown.flatMap((row) => drawRow(facts, row, state.open)));
    if (shown.length === 0) body.append(element("tr", {}, element("td", { colspan: COLUMNS.length, class: "empty" }, "No event fits what is chosen.")));
    heads.forEach((head, index) => {
      const { name, value } = COLUMNS[index];
      if (value) head.setAttribute("aria-sort", name === state.sort ? (state.down ? "descending" : "ascending") : "none");
    });
    status.textContent = rows.length ? `${number(start + 1)} to ${number(start + shown.length)} of ${plural(rows.length, "event")}` : "no events";
    back.disabled = state.page === 0;
    on.disabled = state.page >= pages - 1;
  }
  return (chosen) => {
    selection = chosen;
    state.page = 0;
    draw();
  };
}

const first = (value) => (Number.isNaN(value) ? -1 : value);
const COLUMNS = [
  { name: "open", label: "Open" },
  { name: "date", label: "Date", down: true, value: (facts, i) => (facts.incidents.day[i] === NONE ? facts.incidents.end[i] : facts.incidents.day[i]) },
  { name: "type", label: "Type", down: false, value: (facts, i) => facts.incidents.type[i] },
  { name: "standing", label: "Did it happen?", down: false, value: (facts, i) => facts.incidents.standing[i] * 8 + facts.incidents.status[i] },
  { name: "who", label: "Who", down: false, value: (facts, i) => whoOf(facts, i).text.toLowerCase() },
  { name: "where", label: "Where", down: false, value: (facts, i) => (facts.incidents.place[i] === NOTHING ? "\uffff" : facts.places[facts.incidents.place[i]].name) },
  { name: "details", label: "Details", down: true, value: (facts, i) => Math.max(first(facts.incidents.amount_usd?.[i] ?? NaN), first(facts.incidents.killed_min?.[i] ?? NaN)) },
  { name: "sources", label: "Publishers", down: true, value: (facts, i) => facts.incidents.sources[i] },
];

// Rows stand by date, the latest first, in the page itself.
function sorted(facts, rows, { sort, down }) {
  if (sort === "date" && down) return rows;
  const { value } = COLUMNS.find((each) => each.name === sort);
  const keys = new Map();
  for (const i of rows) keys.set(i, value(facts, i));
  const direction = down ? -1 : 1;
  return Int32Array.from(rows).sort((a, b) => {
    const [left, right] = [keys.get(a), keys.get(b)];
    return left === right ? a - b : left < right ? -direction : direction;
  });
}

function searched(facts, rows, text) {
  if (text === "") return rows;
  const has = (name) => name.toLowerCase().includes(text);
  const entities = facts.entities.map((each) => has(each.name));
  const places = facts.places.map((each) => has(each.name));
  const { first: begin, actor, party } = facts.parts;
  return rows.filter((i) => {
    if (facts.incidents.place[i] !== NOTHING && places[facts.incidents.place[i]]) return true;
    for (let p = begin[i]; p < begin[i + 1]; p += 1) {
      if ((actor[p] !== NOTHING && entities[actor[p]]) || (party[p] !== NOTHING && entities[party[p]])) return true;
    }
    return false;
  });
}

// Who takes part, by role in the order of the type: who acts, an arrow, who is acted on; other roles by name. Alleged ones say so.
function whoOf(facts, incident) {
  const { first: begin, role, actor, party, alleged } = facts.parts;
  const { acting, receiving } = facts.types[facts.incidents.type[incident]];
  const byRole = new Map();
  for (let p = begin[incident]; p < begin[incident + 1]; p += 1) {
    const entity = actor[p] === NOTHING ? party[p] : actor[p];
    if (entity === NOTHING) continue;
    const names = byRole.get(facts.roles[role[p]]) ?? new Map();
    const name = facts.entities[entity].name;
    names.set(name, (names.get(name) ?? true) && alleged[p] === 1);
    byRole.set(facts.roles[role[p]], names);
  }
  const people = (names) => [...names].map(([name, charged]) => (charged ? `${name} (alleged)` : name)).join(", ");
  const [left, right] = [byRole.get(acting), receiving ? byRole.get(receiving) : null];
  byRole.delete(acting);
  if (receiving) byRole.delete(receiving);
  const main = [left ? people(left) : receiving ? "not named" : "", receiving ? (right ? people(right) : "not named") : ""].filter(Boolean).join(" → ");
  const others = [...byRole].map(([name, names]) => `${name} ${people(names)}`);
  return { text: [main, ...others].filter(Boolean).join("; ") || "not named" };
}

function dateOf(facts, i) {
  const { day, end, precision } = facts.incidents;
  const kind = facts.precisions[precision[i]];
  if (day[i] === NONE) return end[i] === NONE ? "no date" : `by ${isoDay(end[i])}`;
  if (kind === "year") return isoDay(day[i]).slice(0, 4);
  if (kind === "month") return isoDay(day[i]).slice(0, 7);
  if (end[i] === NONE) return `from ${isoDay(day[i])}`;
  return end[i] === day[i] ? isoDay(day[i]) : `${isoDay(day[i])} to ${isoDay(end[i])}`;
}

function detailsOf(facts, i) {
  const found = [];
  for (const column of facts.types[facts.incidents.type[i]].own) {
    const value = facts.incidents[column.name]?.[i];
    if (column.values.length) {
      const word = column.values[value];
      if (word && !["unknown", "other", "event", "give", "once"].includes(word)) found.push(word.replaceAll("_", " "));
    } else if (column.name.endsWith("_min")) {
      const most = facts.incidents[column.name.replace(/_min$/, "_max")][i];
      const range = rangeOf(value, most);
      if (range) found.push(`${column.label.replace(/ min$/, "")} ${range}`);
    } else if (column.name === "amount" && !Number.isNaN(value)) {
      found.push(`${money(value)} ${facts.incidents.currencies[facts.incidents.currency[i]] ?? ""}`.trim());
    }
  }
  return found.join(", ");
}

function rangeOf(least, most) {
  if (Number.isNaN(least) && Number.isNaN(most)) return "";
  if (Number.isNaN(least)) return `up to ${number(most)}`;
  if (Number.isNaN(most)) return `${number(least)} or more`;
  return least === most ? number(least) : `${number(least)} to ${number(most)}`;
}

// A cell that may have nothing to say: on a telephone it is left out.
function perhaps(label, text) {
  return element("td", { "data-label": label, class: text ? null : "unknown" }, text || "–");
}

function drawRow(facts, i, opened) {
  const { type, status, standing, place, country, mentions, sources } = facts.incidents;
  const decision = facts.types[type[i]].own.find((each) => each.name === "decision");
  const placeName = place[i] === NOTHING ? "" : facts.places[place[i]].name;
  const countryName = country[i] === NOTHING ? "" : facts.countries[country[i]].name;
  const who = whoOf(facts, i).text;
  const toggle = element("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": `Reports of ${facts.types[type[i]].label} ${dateOf(facts, i)}, ${who}` }, "▸");
  const cells = [
    element("td", { class: "open" }, toggle),
    element("td", { "data-label": "Date", class: "date" }, dateOf(facts, i)),
    element("td", { "data-label": "Type" }, element("span", { class: "tag" }, swatch(fillOf(type[i], standing[i])), facts.types[type[i]].label)),
    element("td", { "data-label": "Did it happen?", class: standing[i] === HAPPENED ? "happened" : "other" }, standing[i] === HAPPENED || !decision ? facts.statuses[status[i]] : facts.standings[standing[i]].label),
    element("td", { "data-label": "Who" }, who),
    perhaps("Where", [placeName, countryName].filter((each, index, all) => each && all.indexOf(each) === index).join(", ")),
    perhaps("Details", detailsOf(facts, i)),
    element("td", { "data-label": "Publishers", class: "number", title: `${plural(mentions[i], "report")} by ${plural(sources[i], "publisher")}` }, number(sources[i])),
  ];
  const row = element("tr", { class: standing[i] === HAPPENED ? "" : "other" }, ...cells);
  const inner = element("td", { colspan: COLUMNS.length });
  const below = element("tr", { class: "below", hidden: "" }, inner);
  const open = async (wanted) => {
    toggle.setAttribute("aria-expanded", String(wanted));
    toggle.textContent = wanted ? "▾" : "▸";
    below.hidden = !wanted;
    if (wanted) opened.add(i);
    else opened.delete(i);
    if (wanted && inner.childElementCount === 0) inner.append(drawEvidence(facts, await evidenceOf(facts, i)));
  };
  toggle.addEventListener("click", () => open(below.hidden));
  if (opened.has(i)) open(true);
  return [row, below];
}
