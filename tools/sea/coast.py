#!/usr/bin/env python3
"""Writes data/sea/coast.txt: the edge of the water that ships use, from Natural Earth's land.

usage: coast.py [--land node_modules/world-atlas/land-10m.json] [--output ../../data/sea/coast.txt]

Needs the packages of requirements.txt and `npm ci` (package.json); docs/sea.md tells each step. In
short: land, less the smallest islands, is closed (water narrower than twice `CLOSING` is filled),
widened by `OFFING`, joined with the shoals and limits of data/sea/waters.toml, and simplified so that
it only ever grows. The output is rounded to hundredths of a degree.

Planes are Mercator's in units of minutes of longitude, since circles stay circles there; radii are
stretched by the latitude, in bands of one degree.
"""

import argparse
import heapq
import json
import math
import tomllib
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import Point, Polygon, box
from shapely.ops import unary_union

SMALLEST_ISLAND = 10.0  # square nautical miles
CLOSING = 4.0  # nautical miles, as all lengths below
OFFING = 3.0
DETAIL = 0.3  # of the land before it is widened
POCKET = 4.0  # a bay less deep than this is filled
TIP = 1.5  # how far a corner may grow beyond the widened land
SOUTH, NORTH = -62.0, 84.0
CUT = -30.0  # the map is cut at this longitude; only Greenland and the Azores lie near it

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data" / "sea"


def mercator(latitude):
    return math.degrees(math.asinh(math.tan(math.radians(latitude)))) * 60


def latitude_of(y):
    return math.degrees(math.atan(math.sinh(math.radians(y / 60))))


def shrink(y):
    """Nautical miles per unit of the plane."""
    return 1 / math.cosh(math.radians(y / 60))


def polygons_in(shape):
    return [p for p in getattr(shape, "geoms", [shape]) if p.geom_type == "Polygon" and p.area > 0]


def outer_rings(path):
    """Outer rings of a TopoJSON file as arrays of (longitude, latitude), in the order of the file."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices):
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.vstack([pieces[0]] + [piece[1:] for piece in pieces[1:]])

    def walk(geometry):
        if geometry["type"] == "GeometryCollection":
            for part in geometry["geometries"]:
                yield from walk(part)
        elif geometry["type"] == "Polygon":
            yield ring(geometry["arcs"][0])
        elif geometry["type"] == "MultiPolygon":
            for part in geometry["arcs"]:
                yield ring(part[0])

    for geometry in topology["objects"].values():
        yield from walk(geometry)


def land(path):
    """Polygons of the plane, without Antarctica and the smallest islands."""
    result = []
    for ring in outer_rings(path):
        longitude, latitude = ring[:, 0].copy(), ring[:, 1]
        if latitude.max() < -60:
            continue
        # A ring over the 180th meridian jumps by 360 degrees; lay it out in one piece.
        longitude[1:] -= 360 * np.cumsum(np.round(np.diff(longitude) / 360))
        east = longitude * np.cos(np.radians(latitude)) * 60
        if Polygon(np.column_stack([east, latitude * 60])).area < SMALLEST_ISLAND:
            continue
        middle = (longitude.max() + longitude.min()) / 2
        longitude -= 360 * math.floor((middle - CUT) / 360)
        y = [mercator(min(degrees, NORTH + 0.4)) for degrees in latitude]
        shape = Polygon(np.column_stack([longitude * 60, y]))
        if not shape.is_valid:
            shape = shape.buffer(0)
        result += [q for p in polygons_in(shape) for q in polygons_in(p.simplify(DETAIL))]
    return result


def widened(shapes, radius, south=SOUTH, north=NORTH):
    """Everything within `radius` nautical miles of the shapes."""
    shapes = np.array(shapes, dtype=object)
    tree = shapely.STRtree(shapes)
    result = []
    at = south
    while at < north:
        top = min(at + 1, north)
        band = box((CUT - 40) * 60, mercator(at), (CUT + 440) * 60, mercator(top))
        near = np.sort(tree.query(band, predicate="intersects"))
        if len(near):
            pieces = [p for s in shapely.intersection(shapes[near], band) for p in polygons_in(s)]
            stretched = radius / shrink(mercator((at + top) / 2))
            result.append(unary_union(pieces).buffer(stretched, quad_segs=4))
        at = top
    return unary_union(result)


def narrowed(shape, radius):
    """The shape without everything within `radius` of what is outside."""
    south, north = SOUTH - 1, NORTH + 0.4
    world = box((CUT - 30) * 60, mercator(south), (CUT + 430) * 60, mercator(north))
    outside = widened(polygons_in(world.difference(shape)), radius, south, north)
    return world.difference(unary_union(polygons_in(outside)))


def drawn(line):
    """A line of data/sea/waters.toml as a polygon; long sides follow rhumb lines in short steps."""
    points = []
    for (lat, lon), (next_lat, next_lon) in zip(line, line[1:] + line[:1]):
        steps = max(1, int(abs(next_lon - lon) // 2))
        for step in range(steps):
            share = step / steps
            points.append(((lon + (next_lon - lon) * share) * 60,
                           mercator(lat + (next_lat - lat) * share)))
    shape = Polygon(points)
    middle = (shape.bounds[0] + shape.bounds[2]) / 2
    return shapely.affinity.translate(shape, -21600 * math.floor((middle - CUT * 60) / 21600))


def with_seas(shape, seas):
    """Polygons without holes but those that are seas."""
    points = [Point(sea["at"][1] * 60, mercator(sea["at"][0])) for sea in seas]
    for polygon in polygons_in(shape):
        holes = [h for h in polygon.interiors if any(Polygon(h).contains(p) for p in points)]
        yield shapely.geometry.polygon.orient(Polygon(polygon.exterior, holes).simplify(0.15))


class Segments:
    """The sides of all rings by cells of the plane, to see whether a new side would cut one."""

    CELL = 40.0

    def __init__(self):
        self.cells = defaultdict(set)
        self.ends = {}

    def cells_of(self, a, b):
        x0, x1 = sorted((int(a[0] // self.CELL), int(b[0] // self.CELL)))
        y0, y1 = sorted((int(a[1] // self.CELL), int(b[1] // self.CELL)))
        return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]

    def add(self, key, a, b):
        self.ends[key] = (a, b)
        for cell in self.cells_of(a, b):
            self.cells[cell].add(key)

    def remove(self, key):
        a, b = self.ends.pop(key)
        for cell in self.cells_of(a, b):
            self.cells[cell].discard(key)

    def cut_by(self, a, b, besides):
        """Would a side from a to b touch a side other than those of the keys in `besides`?"""
        for cell in self.cells_of(a, b):
            for key in self.cells[cell]:
                if key not in besides and meet(a, b, *self.ends[key]):
                    return True
        return False


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def meet(a, b, c, d):
    return turn(a, b, c) * turn(a, b, d) <= 0 and turn(c, d, a) * turn(c, d, b) <= 0


class Ring:
    """A ring with the land on the left, made simpler by steps that only add land.

    A step fills a pocket (takes out a corner that turns right) or sharpens a corner (takes out a side
    between two corners that turn left and prolongs its neighbours until they meet). The step that
    adds least comes first. No step may cut a side of this or another ring.
    """

    def __init__(self, number, points, segments):
        self.number, self.segments = number, segments
        self.original = np.array(points + points)
        n = len(points)
        self.count, self.size = n, n
        self.at = [tuple(p) for p in points]
        self.first, self.last = list(range(n)), list(range(n))  # of the original corners it replaces
        self.before = [(i - 1) % n for i in range(n)]
        self.after = [(i + 1) % n for i in range(n)]
        self.alive, self.version = [True] * n, [0] * n
        for i in range(n):
            segments.add((number, i), self.at[i], self.at[self.after[i]])

    def originals(self, a, b):
        """Original corners from that of number a to that of number b."""
        return self.original[a:(b if b >= a else b + self.size) + 1]

    def pocket(self, i):
        """How deep the pocket at a corner that turns right is; none for other corners."""
        a, b, c = self.at[self.before[i]], self.at[i], self.at[self.after[i]]
        if turn(a, b, c) > 0:
            return None
        w = (c[0] - a[0], c[1] - a[1])
        length = math.hypot(*w)
        if length == 0:
            return None
        covered = self.originals(self.last[self.before[i]], self.first[self.after[i]])
        depths = np.abs((covered[:, 0] - a[0]) * w[1] - (covered[:, 1] - a[1]) * w[0])
        return depths.max() / length * shrink(b[1])

    def tip(self, i):
        """Where the neighbours of the side from corner i meet, and how far out; or none."""
        j = self.after[i]
        a, b, c, d = self.at[self.before[i]], self.at[i], self.at[j], self.at[self.after[j]]
        if turn(a, b, c) <= 0 or turn(b, c, d) <= 0:
            return None
        u, v, w = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1]), (c[0] - d[0], c[1] - d[1])
        under = u[0] * w[1] - u[1] * w[0]
        if abs(under) < 1e-12:
            return None
        s = (v[0] * w[1] - v[1] * w[0]) / under
        t = (v[0] * u[1] - v[1] * u[0]) / under
        if s <= 0 or t <= 0:
            return None
        x = np.array((b[0] + s * u[0], b[1] + s * u[1]))
        covered = self.originals(self.last[self.before[i]], self.first[self.after[j]])
        sides = covered[1:] - covered[:-1]
        lengths = np.maximum((sides**2).sum(1), 1e-300)
        shares = np.clip(((x - covered[:-1]) * sides).sum(1) / lengths, 0, 1)
        away = covered[:-1] + shares[:, None] * sides - x
        return tuple(x), math.sqrt((away**2).sum(1).min()) * shrink(x[1])

    def steps_at(self, i, heap):
        self.version[i] += 1
        depth = self.pocket(i)
        if depth is not None and depth <= POCKET:
            heapq.heappush(heap, (depth / POCKET, 0, i, self.version[i], None))
        tip = self.tip(i)
        if tip is not None and tip[1] <= TIP:
            heapq.heappush(heap, (tip[1] / TIP, 1, i, self.version[i], tip[0]))

    def fill(self, i):
        p, q = self.before[i], self.after[i]
        mine = {(self.number, k) for k in (self.before[p], p, i, q)}
        if self.segments.cut_by(self.at[p], self.at[q], mine):
            return None
        self.segments.remove((self.number, p))
        self.segments.remove((self.number, i))
        self.alive[i] = False
        self.after[p], self.before[q] = q, p
        self.segments.add((self.number, p), self.at[p], self.at[q])
        return p

    def sharpen(self, i, x):
        j = self.after[i]
        p, q = self.before[i], self.after[j]
        mine = {(self.number, k) for k in (self.before[p], p, i, j, q)}
        if self.segments.cut_by(self.at[p], x, mine) or self.segments.cut_by(x, self.at[q], mine):
            return None
        for k in (p, i, j):
            self.segments.remove((self.number, k))
        self.at[i], self.last[i], self.alive[j] = x, self.last[j], False
        self.after[i], self.before[q] = q, i
        self.segments.add((self.number, p), self.at[p], x)
        self.segments.add((self.number, i), x, self.at[q])
        return i

    def simplify(self):
        heap = []
        for i in range(self.size):
            self.steps_at(i, heap)
        while heap and self.count > 4:
            _, kind, i, version, x = heapq.heappop(heap)
            if not self.alive[i] or self.version[i] != version:
                continue
            here = self.fill(i) if kind == 0 else self.sharpen(i, x)
            if here is None:
                continue
            self.count -= 1
            p, q = self.before[here], self.after[here]
            for k in {self.before[p], p, here, q, self.after[q]}:
                self.steps_at(k, heap)

    def points(self):
        start = next(i for i in range(self.size) if self.alive[i])
        i, result = start, []
        while True:
            result.append(self.at[i])
            i = self.after[i]
            if i == start:
                return result


def hundredths(points):
    """(latitude, longitude) in hundredths of a degree, longitude in [-18000, 18000)."""
    result = []
    for x, y in points:
        place = (round(latitude_of(y) * 100), (round(x / 60 * 100) + 18000) % 36000 - 18000)
        if not result or place != result[-1]:
            result.append(place)
    while len(result) > 1 and result[0] == result[-1]:
        result.pop()
    return result


def southern_limit():
    """A ring round the South Pole with the ice on the left, so from east to west."""
    return [(round(SOUTH * 100), longitude) for longitude in range(17500, -18500, -500)]


def outline(land_file, waters):
    shapes = land(land_file)
    print(f"{len(shapes)} pieces of land", flush=True)
    shape = narrowed(widened(shapes, CLOSING), CLOSING)
    shape = widened(polygons_in(shape), OFFING)
    drawings = [drawn(entry["line"]) for entry in waters["limits"] + waters["shoals"]]
    pieces = list(with_seas(unary_union([shape] + drawings), waters["seas"]))
    pieces.sort(key=lambda piece: -piece.area)
    print(f"{len(pieces)} pieces with an offing", flush=True)
    segments = Segments()
    rings = []
    for number, piece in enumerate(pieces):
        for ring in [piece.exterior, *piece.interiors]:
            rings.append((number, Ring(len(rings), list(ring.coords)[:-1], segments)))
    for _, ring in rings:
        ring.simplify()
    simple = [(number, ring.points()) for number, ring in rings]
    # What other land has grown over is no coast any more.
    outer = {}
    for number, points in simple:
        outer.setdefault(number, Polygon(points))
    tree = shapely.STRtree(list(outer.values()))
    numbers = list(outer)
    for number, points in simple:
        covers = tree.query(outer[number], predicate="within")
        if all(numbers[k] == number or has_hole_round(rings, numbers[k], points) for k in covers):
            yield number, hundredths(points)


def has_hole_round(rings, number, points):
    """Does a piece of land have a sea that holds the points?"""
    holes = [Polygon(ring.points()) for n, ring in rings if n == number][1:]
    return any(hole.contains(Point(points[0])) for hole in holes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--land", default=HERE / "node_modules/world-atlas/land-10m.json")
    parser.add_argument("--output", type=Path, default=DATA / "coast.txt")
    arguments = parser.parse_args()
    waters = tomllib.loads((DATA / "waters.toml").read_text(encoding="utf-8"))
    lines = ["# Written by tools/sea/coast.py from Natural Earth 1:10m land (public domain) and waters.toml.",
             "# A line is a ring with the land on its left: number of the piece of land, then latitude and",
             "# longitude in hundredths of a degree, the first in full, then differences."]
    rings = [ring for ring in outline(arguments.land, waters) if len(ring[1]) >= 3]
    rings.append((max(number for number, _ in rings) + 1, southern_limit()))
    for number, ring in rings:
        fields = [number, *ring[0]]
        for (a, b), (c, d) in zip(ring, ring[1:]):
            fields += [c - a, (d - b + 18000) % 36000 - 18000]
        lines.append(" ".join(map(str, fields)))
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{arguments.output}: {len(rings)} rings, {sum(len(r) for _, r in rings)} corners")


if __name__ == "__main__":
    main()
