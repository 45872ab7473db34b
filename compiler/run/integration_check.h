// What Step Functions itself checks of the arguments of integrations that have no API of their own behind them.
#pragma once
#include "run/run.h"

// Why the call cannot be started with its arguments, or an empty text.
Str integration_refuses(Arena *arena, const RunCall *call);
