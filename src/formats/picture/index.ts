/** A network as a picture: `networkSvg(pictureView(document, inference))`. */
export {
  networkSvg,
  PICTURE_THEMES,
  type PictureCard,
  type PictureTheme,
  type PictureView,
  type PictureWire,
} from './svg';
export { pictureView } from './view';
