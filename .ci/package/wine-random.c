/* Wine 8 lacks this library, which programs made by a recent Rust ask for randomness. For tests under Wine alone. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return RtlGenRandom(data, size);
}
