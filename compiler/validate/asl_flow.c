#include "validate/asl.h"
void asl_check_shapes(Asl *asl) {
  (void)asl;
}
