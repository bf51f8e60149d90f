import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  LogCategory,
  LogLevel,
  ProgrammingModel,
} from "./coreTypes.ts";

const HOOK_NAMES = new Set<string>(["preInvocation", "postInvocation", "appStart", "appTerminate", "log"]);

/** A function the app registered: what it declared and the handler behind it. */
export interface Registration {
  metadata: FunctionMetadata;
  callback: FunctionCallback;
}

/** Everything the app said to the runtime while it was loading. */
export interface Registry {
  functions: Map<string, Registration>;
  hooks: Record<HookName, HookCallback[]>;
  /** The library's model; undefined until the app registers its first function. */
  programmingModel: ProgrammingModel | undefined;
  /** After this, registering a function is an error, as in the real worker. */
  locked: boolean;
}

/** A new, empty registry: one per process. */
export function createRegistry(): Registry {
  return {
    functions: new Map(),
    hooks: { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [], log: [] },
    programmingModel: undefined,
    locked: false,
  };
}

/** What the library recognizes as an error of the system rather than of the app. */
function systemError(error: Error): Error {
  return Object.assign(error, { isAzureFunctionsSystemError: true });
}

/** The library constructs Disposables itself, so this has to be a class. */
class Disposable {
  private readonly onDispose: () => unknown;

  constructor(onDispose: () => unknown) {
    this.onDispose = onDispose;
  }

  static from(...items: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }

  dispose(): unknown {
    return this.onDispose();
  }
}

/**
 * The object that the app's library gets for `require("@azure/functions-core")`: everything it registers
 * lands in `registry`. Messages and error types are those of the Azure Functions Node worker.
 */
export function createCoreApi(
  registry: Registry,
  version: string,
  log: (level: LogLevel, category: LogCategory, message: string) => void,
): Record<string, unknown> {
  return {
    version,
    hostVersion: version,
    Disposable,
    log,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      if (registry.locked)
        throw systemError(new Error("A function can only be registered during app startup."));
      const id = metadata.functionId ?? metadata.name;
      if (registry.functions.has(id))
        throw systemError(new Error(`A function with id "${id}" has already been registered.`));
      registry.functions.set(id, { metadata: { ...metadata, functionId: id }, callback });
      return new Disposable(() => registry.functions.delete(id));
    },
    registerHook(name: string, callback: HookCallback): Disposable {
      if (!HOOK_NAMES.has(name)) throw systemError(new RangeError(`Unrecognized hook "${name}"`));
      const list = registry.hooks[name as HookName];
      list.push(callback);
      return new Disposable(() => list.splice(list.indexOf(callback), 1));
    },
    setProgrammingModel(model: ProgrammingModel): void {
      registry.programmingModel = model;
    },
    getProgrammingModel: () => registry.programmingModel,
  };
}
