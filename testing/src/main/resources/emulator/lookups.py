"""What moto looks up for each request though it never changes: kept, which halves what most requests take."""

import functools

import moto.backends
import moto.core.responses

modules = frozenset(moto.backends.list_of_moto_modules())
moto.backends.list_of_moto_modules = lambda: modules
moto.core.responses.method_names_from_class = functools.cache(moto.core.responses.method_names_from_class)
