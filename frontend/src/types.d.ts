import type { KgraphPageData } from "../build/page-data";

/** The data of the page; every object in a list knows its place there. */
export type PageData = {
  [Name in keyof KgraphPageData]: KgraphPageData[Name] extends (infer Item)[]
    ? (Item extends object ? Item & { place: number } : Item)[]
    : KgraphPageData[Name];
};

/** A statement of the page's data, with what the page works out of it. */
export type Statement = PageData["statements"][number] & {
  /** Milliseconds: where the span begins in which the move took place, and the moment after its last day. */
  first: number;
  last: number;
  /** The day of the report, in milliseconds. */
  reported: number | null;
  issues: number[];
};

/** A choice that stands in the address. */
export interface Field<T = any> {
  /** What it is before anybody chooses. */
  fresh(): T;
  /** How it stands in the address; empty: not at all. */
  write(value: T, now: State): string;
  /** What the address means. */
  read(text: string | null): T;
  /** Whether it arranges a view and filters nothing, so that resetting the filters leaves it alone. */
  readonly kept?: boolean;
}

/** A kind of thing that can be selected. */
export interface Selection {
  /** How it stands in the address: by what it is about, for places in lists change from build to build. */
  write(place: any): string;
  /** ``now`` is what else the address says. */
  read(text: string, now: State): number | string | null;
  /** What the panel shows of it. */
  show(place: any): (Node | string | null)[];
}

/** What the reader has chosen: what is selected, and the value of each field by its name in the address. */
export interface State {
  view: string;
  selected: { kind: string; place: any } | null;
  [field: string]: any;
}
