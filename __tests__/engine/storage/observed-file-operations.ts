import type { FencedFileOperations } from '../../../engine/storage/fenced-file-operations.ts';

export type OperationName = keyof FencedFileOperations;

/** The same operations, with `before` called ahead of each one. */
export function observedFileOperations(
  operations: FencedFileOperations,
  before: (name: OperationName, paths: readonly string[]) => Promise<void>,
): FencedFileOperations {
  const observe =
    <Arguments extends readonly unknown[], Result>(
      name: OperationName,
      operation: (...given: Arguments) => Promise<Result>,
    ) =>
    async (...given: Arguments): Promise<Result> => {
      await before(
        name,
        given.filter((value) => typeof value === 'string'),
      );
      return await operation(...given);
    };
  return {
    makeFolders: observe('makeFolders', operations.makeFolders),
    makeFolder: observe('makeFolder', operations.makeFolder),
    list: observe('list', operations.list),
    read: observe('read', operations.read),
    create: observe('create', operations.create),
    syncFile: observe('syncFile', operations.syncFile),
    syncFolder: observe('syncFolder', operations.syncFolder),
    rename: observe('rename', operations.rename),
    removeFile: observe('removeFile', operations.removeFile),
    removeFolder: observe('removeFolder', operations.removeFolder),
  };
}
