import type { Field, Selection, State } from "./types";

/** What a folder of views/ exports; the build finds the folders, and the name of a view is that of its folder. */
export interface View {
  readonly name: string;
  /** What its tab says. */
  readonly title: string;
  /** Where its tab stands: tabs go by this number. */
  readonly place: number;
  /** The markup of its panel. */
  readonly markup: string;
  /** Its choices that stand in the address, by their names. */
  readonly fields?: Record<string, Field>;
  /** What can be selected in it, by kind. */
  readonly selections?: Record<string, Selection>;
  /** Whether the page carries what it needs; always, where it does not say. */
  readonly offered?: () => boolean;
  /** Its own keys, and what they do, for the list of keys. */
  readonly keys?: [string, string][];
  /** Wire the controls of its markup, once. */
  begin(): void;
  /** Show what is chosen; called at each change while it is the view on the page. */
  draw(now: State, before: State | null): void;
  /** The colours have changed. */
  recolour?(): void;
  /** The whole view as an SVG. */
  picture?(): string | Promise<string>;
  /** That picture sheet by sheet, where one sheet of paper does not hold it. */
  sheets?(): string[];
  /** Whether paper takes its picture, as what it draws cannot be printed. */
  readonly pictured?: boolean;
  /** What it has drawn, for tests and consoles. */
  shown?(): Record<string, any>;
}
