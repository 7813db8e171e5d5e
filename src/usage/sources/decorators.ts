/** Decorators of pytest, unittest and the standard library, and libraries with them, that leave a function and a class as they are. */
const HARMLESS = [
  /^(pytest\.)?mark\.\w+$/,
  /^(pytest(_asyncio)?\.)?(fixture|hookimpl)$/,
  /^(unittest\.)?(skip|skipIf|skipUnless|expectedFailure)$/,
  /^((unittest\.)?mock\.)?patch(\.\w+)*$/,
  /^(functools\.)?(wraps|cache|lru_cache|cached_property|total_ordering|singledispatch)$/,
  /^(contextlib\.)?(async)?contextmanager$/,
  /^(abc\.)?abstractmethod$/,
  /^(typing\.|typing_extensions\.)?(final|override|overload|runtime_checkable|no_type_check)$/,
  /^(dataclasses\.)?dataclass$/,
  /^(staticmethod|classmethod|property|freeze_time|given|settings)$/,
];

/** Libraries whose decorators bind names of their own choice in the class or module around: parameterized, ddt, absl. */
const MAKES = /(^|\.)(parameterized(_class)?|expand|ddt|data|idata|file_data|named_parameters|parameters)$/;

/** Whether nothing new is bound through a decorator, called by its dotted name. */
export const isHarmless = (name: string): boolean => HARMLESS.some((pattern) => pattern.test(name));

/** Whether a decorator may bind names that have nothing in common with the one it stands above. */
export const makesNames = (name: string): boolean => MAKES.test(name) || name.startsWith("parameterized.");
