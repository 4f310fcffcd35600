/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // Several servers can run from one checkout, each with its own build folder.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // The icons and every image are SVG in the page: no image optimiser, so no outside request.
  images: { unoptimized: true },
}
