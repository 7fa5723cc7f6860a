import { defineConfig } from "vite";

// The server embeds dist/ and finds the hashed names in the manifest.
export default defineConfig({
  base: "/assets/",
  publicDir: false,
  build: {
    manifest: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    rolldownOptions: { input: "src/main.ts" },
  },
});
