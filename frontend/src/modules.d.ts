// What is no module of types: markup and styles as the build takes them, and the views that it finds.
declare module "*.html" {
  const markup: string;
  export default markup;
}
declare module "*.css";
declare module "views" {
  const views: import("./view").View[];
  export default views;
}
declare module "vis-timeline/esnext" {
  export const Timeline: any;
}
declare module "vis-data/esnext" {
  export const DataSet: any;
}
declare module "moment" {
  const moment: any;
  export default moment;
}
declare module "svgcanvas" {
  export const Context: any;
}
declare module "n3" {
  export const Writer: any;
  export const DataFactory: any;
}
