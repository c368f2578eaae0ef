// duckdb.mjs INVENTORY FACTORS UNITS THREADS [TABLE]: the benchmark's job in SQL.
// With TABLE, every line joined with its factor and mass is also written there as CSV.
// The columns are declared, so nothing is spent on guessing them, and the order of
// the rows is not kept: both are DuckDB's fastest ways.
import { createRequire } from 'node:module';

const require = createRequire(new URL('./node/', import.meta.url));
const { DuckDBInstance } = require('@duckdb/node-api');

const [inventory, factors, units, threads, table] = process.argv.slice(2);
const text = (s) => `'${s.replaceAll("'", "''")}'`;

const names = ['period', 'activity', 'quantity', 'unit', 'site', 'source', 'scope', 'factor', 'evidence', 'note'];
const columns = names.map((n) => `${text(n)}: ${text(n === 'quantity' ? 'DOUBLE' : 'VARCHAR')}`).join(', ');

const tables = [`
create temp table u as
select unit, dimension, num::double / den::double as base
from read_csv(${text(units)}, header = true, all_varchar = true)`, `
create temp table f as
with split as (
  select id, value::double as value, unit as stated, split_part(unit, '/', 1) as mass,
         regexp_replace(regexp_replace(unit, '^[^/]*/', ''), '[()]', '', 'g') as per
  from read_csv(${text(factors)}, header = true, all_varchar = true)
)
select s.id, s.value, s.stated, p.dimension, s.value * m.base / p.base as kg_per_base
from split s join u m on m.unit = s.mass and m.dimension = 'mass' join u p on p.unit = s.per`];

// Two joins on one name each: a little faster than one join on both.
const joined = `
select a.*, f.value, f.stated, a.quantity * u.base * f.kg_per_base as kg
from read_csv(${text(inventory)}, auto_detect = false, header = true, delim = ',',
              quote = '"', escape = '"', columns = {${columns}}) a
join f on f.id = a.factor
join u on u.unit = a.unit and u.dimension = f.dimension`;

const sums = (from) =>
  `select site, scope, source, count(*)::integer as n, sum(kg) as kg from ${from} group by site, scope, source`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
await connection.run('set preserve_insertion_order = false');
// The planner takes an unread CSV for a small table and would hash its ten million
// lines; without these two it joins as written, the factors and units hashed.
await connection.run("set disabled_optimizers = 'join_order,build_side_probe_side'");
for (const create of tables)
  await connection.run(create);
if (table) {
  await connection.run(`create temp table lines as ${joined}`);
  await connection.run(`copy lines to ${text(table)} (format csv, header)`);
}
const result = await connection.runAndReadAll(sums(table ? 'lines' : `(${joined})`));
process.stdout.write(JSON.stringify(result.getRowObjectsJson()), () => process.exit(0));
