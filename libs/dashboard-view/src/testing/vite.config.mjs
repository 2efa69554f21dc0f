/** Sources are built as they are: no package has to be built before. */
export default { resolve: { conditions: ['@loadstair/source', 'module', 'browser', 'import', 'default'] } };
