/** The one function of js-yaml the tests use; it brings no types. */
declare module 'js-yaml' {
  const yaml: { load(text: string): unknown };
  export default yaml;
}
