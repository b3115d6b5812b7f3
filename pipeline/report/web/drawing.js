// What all charts share: elements, numbers, colours and patterns, and a figure with its words and its data as a table.

// Text of documents becomes text nodes and attributes here and nowhere else; nothing on the page is ever parsed as HTML.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((each) => each !== null && each !== undefined));
  return made;
}

const sum = (values) => [...values].reduce((total, each) => total + each, 0);
const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const tiny = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });
const number = (value) => (Number.isInteger(value) ? whole.format(value) : whole.format(Number(value.toPrecision(3))));
const plural = (count, noun) => `${number(count)} ${noun}${count === 1 || noun === "more" ? "" : "s"}`;
const money = (value) => short.format(value).replace("B", "bn").replace("M", "m").replace("T", "tn").replace("K", "k");
const fewLetters = (value) => tiny.format(value).replace("B", "bn").replace("M", "m").replace("T", "tn").replace("K", "k");
const shortened = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const compact = (value) => (value === 0 ? "0" : tiny.format(value));

// Colours are Okabe and Ito's, which people with any colour vision tell apart; page.css has them for light and for dark.
const COLOURS = 6;
const colourOf = (type) => `var(--type-${type % COLOURS})`;
const patternOf = (standing, type = "neutral") => `pattern-${standing}-${type}`;
const ALLEGED = "alleged";

// One pattern for each way of not having happened, and one for what is alleged, in each type's colour: they differ in form, not in hue alone.
function makePatterns(facts) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.getElementById("patterns");
  const shape = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const forms = {
    planned: [["path", { d: "M-1,7L7,-1M-1,1L1,-1M5,7L7,5", "stroke-width": 1.4 }]],
    asked: [["circle", { cx: 1.5, cy: 1.5, r: 1.1, stroke: "none" }], ["circle", { cx: 4.5, cy: 4.5, r: 1.1, stroke: "none" }]],
    stopped: [["path", { d: "M0,0L6,6M6,0L0,6", "stroke-width": 0.9 }]],
    denied: [["path", { d: "M0,3H6", "stroke-width": 1 }]],
    alleged: [["path", { d: "M1.5,0V6M4.5,0V6", "stroke-width": 1.6 }]],
  };
  const colours = [...facts.types.map((_, type) => [type, colourOf(type)]), ["neutral", "var(--neutral)"]];
  for (const [type, colour] of colours) {
    for (const [standing, name] of [...facts.standings.entries()].slice(1).map(([index, each]) => [index, each.name]).concat([[ALLEGED, ALLEGED]])) {
      const pattern = shape("pattern", { id: patternOf(standing, type), width: 6, height: 6, patternUnits: "userSpaceOnUse" });
      pattern.append(shape("rect", { width: 6, height: 6, style: "fill: var(--surface)" }));
      for (const [each, attributes] of forms[name] ?? forms.planned) pattern.append(shape(each, { fill: "none", ...attributes, style: `stroke: ${colour}; ${each === "circle" ? `fill: ${colour}; stroke: none` : ""}` }));
      svg.append(pattern);
    }
  }
}

function swatch(fill) {
  const holder = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ width: 14, height: 14, "aria-hidden": "true" })) holder.setAttribute(key, value);
  for (const [key, value] of Object.entries({ x: 0.5, y: 0.5, width: 13, height: 13, rx: 2, style: `fill: ${fill}; stroke: var(--outline)` })) box.setAttribute(key, value);
  holder.append(box);
  return holder;
}

const fillOf = (type, standing) => (standing === HAPPENED ? colourOf(type) : `url(#${patternOf(standing, type)})`);
const literal = (accessor) => ({ value: accessor, scale: null });

// A share of a colour on the page's own background, and the ink that is legible on it.
const tint = (type, share) => `color-mix(in oklab, ${colourOf(type)} ${Math.round(12 + 88 * share)}%, var(--surface))`;
const inkOn = (share) => (share > 0.45 ? "var(--on-type)" : "var(--ink)");

// Widths are read together before anything is drawn: asking for one in between makes the browser lay out the page once more.
const views = [];
function measureFigures() {
  for (const [view, width] of views.map((each) => [each, each.plot.clientWidth])) view.width = Math.max(240, width);
}

const ON_A_TELEPHONE = 560;

// A section gets its controls, a place for the chart, a caption, and its data as a table that is filled when it is opened.
function figure(id, ...controls) {
  const section = document.getElementById(id);
  const caption = element("p", { class: "quiet caption" });
  const plot = element("div", { class: "plot" });
  const details = element("details", { class: "data" }, element("summary", {}, "The numbers"));
  let table = null;
  details.addEventListener("toggle", () => details.open && details.append(table()));
  section.append(...(controls.length ? [element("div", { class: "controls" }, ...controls)] : []), plot, caption, details);
  const view = {
    plot,
    width: 240,
    show(chart, words, columns, rows) {
      plot.replaceChildren(chart ?? element("p", { class: "empty" }, "Nothing of this kind is chosen."));
      caption.textContent = words;
      table = () => dataTable(section.querySelector("h2").textContent, columns, rows());
      details.querySelector(".scroll")?.remove();
      if (details.open) details.append(table());
    },
  };
  views.push(view);
  return view;
}

const MOST_ROWS = 500;

function dataTable(title, columns, rows) {
  const body = rows.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...row.map((cell) => element("td", typeof cell === "number" ? { class: "number" } : {}, typeof cell === "number" ? number(cell) : cell))));
  const head = element("tr", {}, ...columns.map((each) => element("th", { scope: "col" }, each)));
  const more = rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${number(rows.length)} rows` : "";
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${title}: the numbers` },
    element("table", {}, element("caption", {}, `${title}${more}`), element("thead", {}, head), element("tbody", {}, ...body)));
}

function choice(text, options, changed) {
  const select = element("select", {}, ...options.map(([value, name]) => element("option", { value }, name)));
  select.addEventListener("change", () => changed(select.value));
  return element("label", {}, `${text} `, select);
}

function plotted(options) {
  const svg = Plot.plot({ style: { background: "transparent", color: "currentColor", fontSize: "12px", overflow: "visible" }, ...options });
  // One picture with one name; the names that Plot gives to its groups say nothing to a listener, and the numbers stand in the table.
  svg.setAttribute("role", "img");
  for (const group of svg.querySelectorAll("g[aria-label], g[aria-description]")) {
    group.removeAttribute("aria-label");
    group.removeAttribute("aria-description");
  }
  return svg;
}

// Sums by a key of several parts.
function tally(map, key, amount = 1) {
  map.set(key, (map.get(key) ?? 0) + amount);
}
