#include "gate/audit_state.h"

namespace onsale::gate {

std::string_view to_string(AuditProgress progress) {
    switch (progress) {
        case AuditProgress::none:
            return "none";
        case AuditProgress::running:
            return "running";
        case AuditProgress::clean:
            return "clean";
        case AuditProgress::breaches:
            return "breaches";
        case AuditProgress::failed:
            return "failed";
    }
    return "";
}

}  // namespace onsale::gate
