// Who acts on whom, for one type at a time: in whose name the acting and the receiving parties count, as the view `dyads` has it.

const MOST_PARTIES = 12;

function makeDyads(facts) {
  let chosen = facts.types.findIndex((each) => each.receiving) === -1 ? 0 : busiestType(facts);
  let redraw = () => {};
  const select = choice("Type", facts.types.map((each, index) => [index, each.receiving ? `${each.label}: ${each.acting} → ${each.receiving}` : `${each.label}: with each other`]), (value) => {
    chosen = Number(value);
    redraw();
  });
  select.querySelector("select").value = chosen;
  const view = figure("dyads", select);
  const pairing = pairUp(facts);
  return (selection) => {
    redraw = () => drawDyads(facts, pairing, selection, view, chosen);
    redraw();
  };
}

function busiestType(facts) {
  const totals = facts.types.map(() => 0);
  facts.incidents.type.forEach((type) => {
    if (facts.types[type].receiving) totals[type] += 1;
  });
  return totals.indexOf(Math.max(...totals));
}

// The parties of an incident in a role, each once; alleged where every naming of it in that role is one side's charge.
function partiesOf(facts, incident, role) {
  const { first, role: roles, party, alleged } = facts.parts;
  const found = [];
  for (let p = first[incident]; p < first[incident + 1]; p += 1) {
    if (roles[p] !== role || party[p] === NOTHING) continue;
    const known = found.find((each) => each.party === party[p]);
    if (known) known.alleged = known.alleged && alleged[p] === 1;
    else found.push({ party: party[p], alleged: alleged[p] === 1 });
  }
  return found;
}

// The pairs of all incidents, told apart once: `first[i]` to `first[i + 1]` are the positions of incident i in the other lists.
function pairUp(facts) {
  const roles = facts.types.map(({ acting, receiving }) => [facts.roles.indexOf(acting), receiving ? facts.roles.indexOf(receiving) : null]);
  const first = new Int32Array(facts.count + 1);
  const left = [];
  const right = [];
  const alleged = [];
  for (let i = 0; i < facts.count; i += 1) {
    const [acting, receiving] = roles[facts.incidents.type[i]];
    const from = partiesOf(facts, i, acting);
    const to = receiving === null ? from : partiesOf(facts, i, receiving);
    for (const a of from) {
      for (const b of to) {
        if (a.party === b.party || (receiving === null && facts.entities[a.party].id > facts.entities[b.party].id)) continue;
        left.push(a.party);
        right.push(b.party);
        alleged.push(a.alleged ? 1 : 0);
      }
    }
    first[i + 1] = left.length;
  }
  return { first, left: Int32Array.from(left), right: Int32Array.from(right), alleged: Uint8Array.from(alleged) };
}

function pairsOf(facts, pairing, selection, type) {
  const { first, left, right, alleged } = pairing;
  const { type: types, standing } = facts.incidents;
  const pairs = new Map();
  for (const i of selection.counted) {
    if (types[i] !== type) continue;
    for (let p = first[i]; p < first[i + 1]; p += 1) {
      const key = left[p] * facts.entities.length + right[p];
      let pair = pairs.get(key);
      if (pair === undefined) {
        pair = { a: left[p], b: right[p], happened: 0, alleged: 0, others: new Map() };
        pairs.set(key, pair);
      }
      if (standing[i] !== HAPPENED) tally(pair.others, standing[i]);
      else {
        pair.happened += 1;
        pair.alleged += alleged[p];
      }
    }
  }
  return [...pairs.values()];
}

function busiest(pairs, side) {
  const totals = new Map();
  for (const pair of pairs) for (const each of side(pair)) tally(totals, each, pair.happened + 0.001 * sum(pair.others.values()));
  return [...totals].sort((a, b) => b[1] - a[1]).map(([each]) => each);
}

const most = (counts) => [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];

function drawDyads(facts, pairing, selection, view, type) {
  const pairs = pairsOf(facts, pairing, selection, type);
  const directed = Boolean(facts.types[type].receiving);
  const { width } = view;
  const fitting = Math.max(5, Math.min(MOST_PARTIES, Math.floor((width - 124) / 30)));
  const name = (entity) => facts.entities[entity].name;
  const parties = (directed ? busiest(pairs, (pair) => [pair.a]) : busiest(pairs, (pair) => [pair.a, pair.b])).slice(0, directed ? MOST_PARTIES : fitting);
  const columns = directed ? busiest(pairs.filter((pair) => parties.includes(pair.a)), (pair) => [pair.b]).slice(0, fitting) : parties;
  const per = (count) => measured(selection, count);
  const both = directed ? pairs : pairs.flatMap((pair) => [pair, { ...pair, a: pair.b, b: pair.a }]);
  // Where few columns fit, a party may have none of its pairs in them.
  const rows = parties.filter((party) => both.some((pair) => pair.a === party && columns.includes(pair.b)));
  const cells = both.filter((pair) => rows.includes(pair.a) && columns.includes(pair.b)).map((pair) => {
    const others = sum(pair.others.values());
    const told = [...pair.others].map(([standing, count]) => `${number(count)} ${facts.standings[standing].label}`);
    return {
      row: name(pair.a),
      column: name(pair.b),
      value: pair.happened,
      label: pair.happened ? compact(per(pair.happened)) : compact(per(others)),
      corner: others ? `+${compact(per(others))}` : "",
      pattern: most(pair.others),
      outlined: pair.alleged > 0,
      title: [`${name(pair.a)} ${directed ? "→" : "with"} ${name(pair.b)}`, `${number(pair.happened)} happened${pair.alleged ? `, of these ${number(pair.alleged)} alleged only` : ""}`, ...told].join("\n"),
    };
  });
  const chart = cells.length === 0 ? null : matrix({
    width, rows: rows.map(name), columns: columns.map(name), cells, type,
    marginLeft: width < ON_A_TELEPHONE ? 88 : 140, marginRight: width < ON_A_TELEPHONE ? 36 : 60, marginTop: 92, cellHeight: 26, rotate: -40,
    tickFormat: (each) => shortened(each, 14), ariaLabel: `Who acts on whom: ${facts.types[type].label}`,
  });
  const acting = facts.types[type].acting;
  const allegations = pairs.some((pair) => pair.alleged) ? ` Dashed frames: in some of the events the ${acting} is named only by the other side's charge.` : "";
  const counted = selection.filters.measure === "per" ? " Figures are events for 100 documents read." : "";
  const rest = pairs.length - cells.length / (directed ? 1 : 2);
  view.show(chart, `${directed ? `Rows: ${acting}. Columns: ${facts.types[type].receiving}.` : "Each pair stands twice, once on either side of the diagonal."} Tinted: happened. Patterned, or small with a plus: did not happen, or not yet.${allegations}${counted}${rest > 0 ? ` ${plural(rest, "pair")} of less active parties ${rest === 1 ? "is" : "are"} in the numbers alone.` : ""}`,
    [directed ? `${acting}` : "One party", directed ? `${facts.types[type].receiving}` : "The other", "Happened", "Of these alleged", ...facts.standings.slice(1).map((each) => each.label)],
    () => pairs.sort((a, b) => b.happened - a.happened).map((pair) => [name(pair.a), name(pair.b), pair.happened, pair.alleged, ...facts.standings.slice(1).map((_, index) => pair.others.get(index + 1) ?? 0)]));
}
