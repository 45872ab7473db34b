// Where each kind of statement may stand, and the comments that belong to declarations.
#pragma once
#include "syntax/tree.h"

// Reports statements of a file that stand where they cannot, and sets `doc` of declarations.
void places_check(Parse *p, Stmt *items);
