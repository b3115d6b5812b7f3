// Aid by step. The steps of one sum (asked, promised, approved, given) stand side by side and are never added together, nor are sums that are only planned.

const MOST_GIVERS = 12;

function makeAid(facts) {
  const type = facts.types.findIndex((each) => each.own.some((column) => column.name === "decision"));
  if (type === -1) {
    document.getElementById("aid").remove();
    return () => {};
  }
  const { acting, receiving } = facts.types[type];
  // On a telephone there is no room for two names in a row.
  const state = { by: document.documentElement.clientWidth < ON_A_TELEPHONE ? "giver" : "pair", what: "amount" };
  let redraw = () => {};
  const set = (name) => (value) => {
    state[name] = value;
    redraw();
  };
  const by = choice("Rows", [["pair", `${acting} → ${receiving}`], ["giver", acting], ["receiver", receiving], ["kind", "kind of aid"]], set("by"));
  by.querySelector("select").value = state.by;
  const what = choice("Cells", [["amount", "US dollars"], ["count", "decisions"]], set("what"));
  const view = figure("aid", by, what);
  const naming = nameAid(facts, type);
  return (selection) => {
    redraw = () => drawAid(facts, naming, selection, view, type, state);
    redraw();
  };
}

// Who gives to whom, told apart once: `of[i]` is the position of incident i's names in `names`.
function nameAid(facts, type) {
  const { acting, receiving } = facts.types[type];
  const roles = [acting, receiving].map((each) => facts.roles.indexOf(each));
  const of = new Int32Array(facts.count).fill(NOTHING);
  const positions = new Map();
  const names = [];
  for (let i = 0; i < facts.count; i += 1) {
    if (facts.incidents.type[i] !== type) continue;
    const [giver, receiver] = roles.map((role) => partiesOf(facts, i, role).map((each) => facts.entities[each.party].name).sort().join(", ") || "not named");
    const key = `${giver}\n${receiver}`;
    if (!positions.has(key)) {
      positions.set(key, names.length);
      names.push({ giver, receiver });
    }
    of[i] = positions.get(key);
  }
  return { of, names };
}

function aidRows(facts, naming, selection, type) {
  const columns = facts.incidents;
  const kinds = facts.types[type].own.find((each) => each.name === "aid_kind").values;
  const rows = new Map();
  for (const i of selection.counted) {
    if (columns.type[i] !== type) continue;
    const stated = columns.amount_counted[i] && !Number.isNaN(columns.amount[i]) && columns.currency[i] !== NOTHING;
    const currency = stated ? columns.currency[i] : NOTHING;
    const key = (((naming.of[i] * 16 + columns.aid_kind[i] + 1) * 16 + columns.decision[i] + 1) * 8 + columns.standing[i]) * 512 + currency + 1;
    let row = rows.get(key);
    if (row === undefined) {
      row = { ...naming.names[naming.of[i]], kind: kinds[columns.aid_kind[i]] ?? "unknown", decision: columns.decision[i], standing: columns.standing[i], currency: stated ? columns.currencies[currency] : "", count: 0, amount: 0, usd: 0, stated: 0 };
      rows.set(key, row);
    }
    row.count += 1;
    if (!stated) continue;
    row.amount += columns.amount[i];
    if (!Number.isNaN(columns.amount_usd[i])) {
      row.usd += columns.amount_usd[i];
      row.stated += 1;
    }
  }
  return [...rows.values()];
}

// A decision that is a request, a refusal or a stop is patterned even where it was taken: by it nothing was given.
function drawAid(facts, naming, selection, view, type, { by, what }) {
  const rows = aidRows(facts, naming, selection, type);
  const decisions = facts.types[type].own.find((each) => each.name === "decision").values;
  const key = { pair: (row) => `${row.giver} → ${row.receiver}`, giver: (row) => row.giver, receiver: (row) => row.receiver, kind: (row) => row.kind }[by];
  const groups = new Map();
  for (const row of rows) {
    const name = `${key(row)}\n${row.decision}`;
    const cell = groups.get(name) ?? { row: key(row), column: decisions[row.decision], happened: { count: 0, usd: 0, stated: 0 }, others: new Map() };
    const side = row.standing === HAPPENED ? cell.happened : cell.others.get(row.standing) ?? { count: 0, usd: 0, stated: 0 };
    side.count += row.count;
    side.usd += row.usd;
    side.stated += row.stated;
    if (row.standing !== HAPPENED) cell.others.set(row.standing, side);
    groups.set(name, cell);
  }
  const weight = new Map();
  for (const cell of groups.values()) {
    for (const side of [cell.happened, ...cell.others.values()]) tally(weight, cell.row, what === "amount" ? side.usd + side.count : side.count);
  }
  const names = [...weight].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const drawn = new Set(names.slice(0, MOST_GIVERS));
  const { width } = view;
  const written = (side) => (what === "count" ? compact(measured(selection, side.count)) : side.stated ? fewLetters(side.usd) : `${number(side.count)}×`);
  const told = (side) => `${plural(side.count, "decision")}${side.stated ? `, ${money(side.usd)} US dollars in ${number(side.stated)}` : ", no amount stated"}`;
  const cells = [...groups.values()].filter((cell) => drawn.has(cell.row)).map((cell) => {
    const others = [...cell.others.values()].reduce((all, each) => ({ count: all.count + each.count, usd: all.usd + each.usd, stated: all.stated + each.stated }), { count: 0, usd: 0, stated: 0 });
    return {
      row: cell.row,
      column: cell.column,
      value: cell.happened.count ? (what === "count" ? cell.happened.count : cell.happened.usd || 1e-9) : 0,
      label: written(cell.happened.count ? cell.happened : others),
      corner: others.count ? `+${written(others)}` : "",
      pattern: most([...cell.others].map(([standing, side]) => [standing, side.count])),
      outlined: false,
      title: [`${cell.row}: ${cell.column}`, ...(cell.happened.count ? [told(cell.happened)] : []), ...[...cell.others].map(([standing, side]) => `${facts.standings[standing].label}: ${told(side)}`)].join("\n"),
    };
  });
  const chart = cells.length === 0 ? null : matrix({
    width, rows: names.slice(0, MOST_GIVERS), columns: decisions, cells, type,
    marginLeft: width < ON_A_TELEPHONE ? 104 : 190, marginRight: width < ON_A_TELEPHONE ? 34 : 8, marginTop: width < ON_A_TELEPHONE ? 66 : 34, cellHeight: 30, rotate: width < ON_A_TELEPHONE ? -45 : 0, ariaLabel: "Aid by step",
  });
  const amounts = "Sums in US dollars at the European Central Bank's rates, each event once; 3× stands for decisions that state no sum.";
  const counts = selection.filters.measure === "per" ? "Decisions for 100 documents read." : "Decisions.";
  const rest = names.length > MOST_GIVERS ? ` The ${MOST_GIVERS} largest of ${number(names.length)} rows are drawn.` : "";
  view.show(chart, `${what === "amount" ? amounts : counts} Columns are steps of one sum and are not to be added together. Tinted: promised, approved or given. Patterned, or small with a plus: requested, weighed, planned, refused, stopped.${rest}`,
    [facts.types[type].acting, facts.types[type].receiving, "Kind", "Step", "Standing", "Decisions", "Currency", "Amount", "US dollars"],
    () => rows.sort((a, b) => b.usd - a.usd || b.count - a.count).map((row) => [row.giver, row.receiver, row.kind, decisions[row.decision], facts.standings[row.standing].label, row.count, row.currency, row.currency ? row.amount : "", row.stated ? Math.round(row.usd) : ""]));
}
